package io.tripwatch.bench;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.CategoryStyler;

/** The rates as bars, the fastest first; the axis is logarithmic. */
final class Picture {
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 560;
  private static final int LABELS_TURNED_DEGREES = 45;
  private static final int LABELS_APART_PIXELS = 10;
  private static final double ABOVE_THE_BAR = 1.02;
  private static final double BAR_SHARE = 0.7;

  private final CategoryChart chart;

  private Picture(CategoryChart chart) {
    this.chart = chart;
  }

  /**
   * Draws it.
   *
   * @param measured one line at least, each measured
   */
  static Picture of(List<Entry> measured) {
    List<Entry> entries = new ArrayList<>(measured);
    entries.sort(Comparator.comparingDouble((Entry entry) -> entry.rate().median()).reversed());
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .yAxisTitle("records a second, median")
            .build();
    style(chart.getStyler(), entries);
    chart.addSeries(
        "records/s",
        entries.stream().map(Entry::label).toList(),
        entries.stream().map(entry -> entry.rate().median()).toList());
    return new Picture(chart);
  }

  private static void style(CategoryStyler style, List<Entry> entries) {
    style.setLegendVisible(false);
    style.setChartBackgroundColor(Color.WHITE);
    style.setAvailableSpaceFill(BAR_SHARE);
    style.setLabelsVisible(true);
    style.setLabelsPosition(ABOVE_THE_BAR);
    style.setDecimalPattern("#,###");
    style.setPlotGridVerticalLinesVisible(false);
    style.setXAxisLabelRotation(LABELS_TURNED_DEGREES);
    style.setXAxisTickMarkSpacingHint(LABELS_APART_PIXELS);
    style.setXAxisMaxLabelCount(entries.size());
    style.setYAxisLogarithmic(true);
    double slowest = entries.get(entries.size() - 1).rate().median();
    style.setYAxisMin(Math.pow(10, Math.floor(Math.log10(Math.max(1, slowest / 2)))));
    style.setYAxisDecimalPattern("#,###");
  }

  void save(Path file) throws IOException {
    ChartEncoder.saveChart(chart, file.toString(), "png");
  }
}
