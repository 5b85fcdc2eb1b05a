package io.tripwatch.job;

import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.DayRecord;
import io.tripwatch.verdict.Ledger;
import io.tripwatch.verdict.Output;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by city and local date, or by date alone for the nation: sums up what orders add to the
 * day, whatever their order, and says it at most once a minute of event time. The drivers of a day
 * are counted in their city; the nation sums the cities' numbers. An order may bear on its day at
 * any time: nothing expires.
 */
final class DayStage extends KeyedProcessFunction<String, DayFigures, Output> {
  private static final long serialVersionUID = 1L;

  /** What a city adds to the nation's day. */
  static final OutputTag<DayFigures> NATION = new OutputTag<>("nation", Wires.DAY_FIGURES);

  private static final long MINUTE_MS = 60_000;

  /** A city's name may hold any character, a local date has always this many. */
  private static final int DATE_LENGTH = "2026-11-22".length();

  private final boolean isNation;
  private final int epoch;

  private transient MapState<String, Long> figures;
  private transient MapState<String, Long> passedOn;
  private transient MapState<String, Long> drivers;
  private transient ValueState<Output> said;

  DayStage(boolean isNation, int epoch) {
    this.isNation = isNation;
    this.epoch = epoch;
  }

  static String cityDay(DayFigures day) {
    return (day.city() == null ? "" : day.city()) + "/" + day.localDate();
  }

  @Override
  public void open(OpenContext context) {
    figures = sums("figures");
    passedOn = sums("passed-on");
    drivers = sums("drivers");
    said = getRuntimeContext().getState(new ValueStateDescriptor<>("said", Wires.OUTPUT));
  }

  private MapState<String, Long> sums(String name) {
    return getRuntimeContext()
        .getMapState(new MapStateDescriptor<>(name, Types.STRING, Types.LONG));
  }

  @Override
  public void processElement(DayFigures day, Context context, Collector<Output> out)
      throws Exception {
    long now = Desks.now(context.timerService());
    for (Map.Entry<String, Long> figure : day.figures().entrySet()) {
      if (figure.getKey().startsWith(DayFigures.DRIVER)) {
        addDriver(figure.getKey(), figure.getValue());
      } else {
        add(figures, figure.getKey(), figure.getValue());
      }
    }
    long nextMinute = (Math.floorDiv(now, MINUTE_MS) + 1) * MINUTE_MS;
    context.timerService().registerEventTimeTimer(nextMinute);
  }

  private void addDriver(String driver, long trips) throws Exception {
    boolean wasActive = drivers.contains(driver);
    boolean isActive = add(drivers, driver, trips);
    if (isActive != wasActive) {
      add(figures, DayFigures.DRIVERS_ACTIVE, isActive ? 1 : -1);
    }
  }

  /** Whether anything is left. */
  private static boolean add(MapState<String, Long> sums, String name, long value)
      throws Exception {
    Long before = sums.get(name);
    long after = value + (before == null ? 0 : before);
    if (after == 0) {
      sums.remove(name);
    } else {
      sums.put(name, after);
    }
    return after != 0;
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Output> out) throws Exception {
    String key = context.getCurrentKey();
    int dateFrom = key.length() - DATE_LENGTH;
    String city = key.substring(0, dateFrom - 1);
    String localDate = key.substring(dateFrom);
    Map<String, Long> sums = toMap(figures);
    if (isNation || !(city.isEmpty() || city.equals(DayRecord.NATION))) {
      publish(city, localDate, sums, out);
    }
    if (!isNation) {
      Map<String, Long> news = DayFigures.difference(toMap(passedOn), sums);
      if (!news.isEmpty()) {
        context.output(NATION, new DayFigures(DayRecord.NATION, localDate, news));
        for (Map.Entry<String, Long> figure : news.entrySet()) {
          add(passedOn, figure.getKey(), figure.getValue());
        }
      }
    }
  }

  private void publish(String city, String localDate, Map<String, Long> sums, Collector<Output> out)
      throws Exception {
    Ledger ledger = new Ledger();
    if (said.value() != null) {
      ledger.wasSaid(said.value());
    }
    ledger.publishDifference(DayRecord.of(city, localDate, sums, epoch), out::collect);
    for (Output last : ledger.said().values()) {
      said.update(last);
    }
  }

  private static Map<String, Long> toMap(MapState<String, Long> sums) throws Exception {
    Map<String, Long> map = new TreeMap<>();
    for (Map.Entry<String, Long> sum : sums.entries()) {
      map.put(sum.getKey(), sum.getValue());
    }
    return map;
  }
}
