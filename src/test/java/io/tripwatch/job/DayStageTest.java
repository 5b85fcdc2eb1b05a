package io.tripwatch.job;

import static io.tripwatch.rule.Story.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DayStageTest {
  private static final String DAY = "2026-11-22";
  private static final long DAY_MS = 24 * 3_600_000L;

  private KeyedOneInputStreamOperatorTestHarness<String, DayFigures, Output> task;

  private void start(boolean isNation) throws Exception {
    start(isNation, null);
  }

  private void start(boolean isNation, OperatorSubtaskState saved) throws Exception {
    task =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new DayStage(isNation, 1)), DayStage::cityDay, Types.STRING);
    task.setup();
    if (saved != null) {
      task.initializeState(saved);
    }
    task.open();
  }

  @AfterEach
  void close() throws Exception {
    task.close();
  }

  private static DayFigures of(String city, Object... figures) {
    Map<String, Long> byName = new TreeMap<>();
    for (int i = 0; i < figures.length; i += 2) {
      byName.put((String) figures[i], ((Integer) figures[i + 1]).longValue());
    }
    return new DayFigures(city, DAY, byName);
  }

  private void hear(DayFigures day) throws Exception {
    task.processElement(day, 0);
  }

  private List<Output> said() {
    return task.extractOutputValues();
  }

  private Object figure(String name) {
    List<Output> said = said();
    return ((Statement) said.get(said.size() - 1)).fields().get(name);
  }

  private List<DayFigures> forNation() {
    List<DayFigures> heard = new ArrayList<>();
    if (task.getSideOutput(DayStage.NATION) != null) {
      for (StreamRecord<DayFigures> one : task.getSideOutput(DayStage.NATION)) {
        heard.add(one.getValue());
      }
    }
    return heard;
  }

  @Test
  void saysADayOnceAMinuteOfEventTime() throws Exception {
    start(false);
    task.processWatermark(ms("10:00:30"));
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(ms("10:00:45"));
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(ms("10:00:59.999"));
    assertEquals(0, said().size());
    task.processWatermark(ms("10:01"));
    assertEquals(1, said().size());
    assertEquals("chengdu/" + DAY, said().get(0).id());
    assertEquals(2L, figure("accepted"));
    task.processWatermark(ms("11:00"));
    assertEquals(1, said().size());
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(ms("11:01"));
    assertEquals(2, said().get(1).revision());
  }

  @Test
  void saysNothingAgainThatDidNotChange() throws Exception {
    start(false);
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(ms("10:00"));
    hear(of("chengdu", "accepted", 1));
    hear(of("chengdu", "accepted", -1));
    task.processWatermark(ms("10:05"));
    assertEquals(1, said().size());
    assertEquals(1, forNation().size());
  }

  @Test
  void saysWhatIsPendingAtTheEndOfTheInput() throws Exception {
    start(false);
    task.processWatermark(ms("10:00"));
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(Long.MAX_VALUE);
    assertEquals(1L, figure("accepted"));
  }

  @Test
  void countsEachDriverOnceAndTellsTheNationHowMany() throws Exception {
    start(false);
    hear(of("chengdu", "driver/d-1", 1));
    hear(of("chengdu", "driver/d-1", 1, "driver/d-2", 1));
    task.processWatermark(ms("10:00"));
    assertEquals(2L, figure("driversActive"));
    hear(of("chengdu", "driver/d-1", -1, "driver/d-2", -1));
    task.processWatermark(ms("10:10"));
    assertEquals(1L, figure("driversActive"));
    assertEquals(
        List.of(
            new DayFigures("ALL", DAY, Map.of("driversActive", 2L)),
            new DayFigures("ALL", DAY, Map.of("driversActive", -1L))),
        forNation());
  }

  @Test
  void theNationAddsUpTheCities() throws Exception {
    start(true);
    hear(of("ALL", "driversActive", 2, "accepted", 3));
    hear(of("ALL", "driversActive", 5, "accepted", 7));
    task.processWatermark(ms("10:00"));
    assertEquals("ALL/" + DAY, said().get(0).id());
    assertEquals(7L, figure("driversActive"));
    assertEquals(10L, figure("accepted"));
    assertEquals(List.of(), forNation());
  }

  @Test
  void whatHasNoCityCountsForTheNationAlone() throws Exception {
    start(false);
    hear(new DayFigures(null, DAY, Map.of("alerts/device-shared", 1L)));
    task.processWatermark(ms("10:00"));
    assertEquals(List.of(), said());
    assertEquals(Map.of("alerts/device-shared", 1L), forNation().get(0).figures());
  }

  @Test
  void takesADayBackOnWhichNothingIsLeftAndSaysItAgain() throws Exception {
    start(false);
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(ms("10:00"));
    hear(of("chengdu", "accepted", -1));
    task.processWatermark(ms("10:10"));
    assertTrue(said().get(1).isGone());
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(ms("10:20"));
    assertEquals(3, said().get(2).revision());
    assertNull(((Statement) said().get(2)).status());
  }

  @Test
  void ratesAreOfTheAccepted() throws Exception {
    start(false);
    hear(of("chengdu", "late", 1, "alerts/late-at-pickup", 1));
    task.processWatermark(ms("10:00"));
    assertNull(figure("latenessRate"));
    hear(of("chengdu", "accepted", 3, "cancelledByDriver", 1, "cancelledByPlatform", 1));
    task.processWatermark(ms("10:10"));
    assertEquals(0.3333, figure("latenessRate"));
    assertEquals(0.0, figure("noShowRate"));
    assertEquals(0.6667, figure("orderLossRate"));
    assertEquals(Map.of("late-at-pickup", 1L), figure("alerts"));
  }

  @Test
  void theOrderInWhichOrdersAreHeardDoesNotMatter() throws Exception {
    List<DayFigures> deltas = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      deltas.add(of("chengdu", "accepted", 1, "late", i % 2, "driver/d-" + i % 7, 1));
      deltas.add(of("chengdu", "late", -(i % 2), "driver/d-" + i % 7, i % 3 == 0 ? -1 : 0));
    }
    Map<String, Object> expected = null;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(deltas, random);
      start(false);
      for (int i = 0; i < deltas.size(); i++) {
        hear(deltas.get(i));
        if (random.nextInt(5) == 0) {
          task.processWatermark(ms("10:00") + i * 60_000L);
        }
        if (random.nextInt(20) == 0) {
          OperatorSubtaskState saved = task.snapshot(1, 0);
          task.close();
          start(false, saved);
        }
      }
      task.processWatermark(Long.MAX_VALUE);
      List<Output> said = said();
      if (!said.isEmpty()) {
        Map<String, Object> last = ((Statement) said.get(said.size() - 1)).fields();
        expected = expected == null ? last : expected;
        assertEquals(expected, last, "seed " + seed);
      }
      task.close();
    }
    assertEquals(40L, expected.get("accepted"));
  }

  @Test
  void goesOnWithADayHoweverLongAgoItWas() throws Exception {
    start(false);
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(ms("0:00") + 400 * DAY_MS);
    hear(of("chengdu", "accepted", 1));
    task.processWatermark(ms("0:00") + 401 * DAY_MS);
    assertEquals(List.of(1, 2), said().stream().map(Output::revision).toList());
    assertEquals(0, task.numEventTimeTimers());
  }

  @Test
  void readsTheDayOfACityWhoseNameHoldsASlash() throws Exception {
    start(false);
    hear(of("Domat/Ems", "accepted", 1));
    task.processWatermark(ms("0:00"));
    assertEquals(List.of("Domat/Ems/2026-11-22"), said().stream().map(Output::id).toList());
  }
}
