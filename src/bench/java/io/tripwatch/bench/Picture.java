package io.tripwatch.bench;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;

/** The rates as bars, the fastest on top; the axis is logarithmic. */
final class Picture {
  private static final int WIDTH = 900;
  private static final int HEIGHT_PER_BAR = 34;
  private static final int HEIGHT_OF_REST = 110;

  private final HorizontalBarChart chart;

  private Picture(HorizontalBarChart chart) {
    this.chart = chart;
  }

  static Picture of(List<Entry> measured) {
    List<Entry> slowestFirst = new ArrayList<>(measured);
    slowestFirst.sort(java.util.Comparator.comparingDouble(entry -> entry.rate().median()));
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(WIDTH)
            .height(HEIGHT_OF_REST + HEIGHT_PER_BAR * measured.size())
            .xAxisTitle("records a second, median")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setXAxisMin(1_000.0);
    chart.getStyler().setXAxisDecimalPattern("#,###");
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    if (!measured.isEmpty()) {
      chart.addSeries(
          "records/s",
          slowestFirst.stream().map(entry -> Math.round(entry.rate().median())).toList(),
          slowestFirst.stream().map(Entry::label).toList());
    }
    return new Picture(chart);
  }

  void save(Path file) throws IOException {
    ChartEncoder.saveChart(chart, file.toString(), "svg");
  }
}
