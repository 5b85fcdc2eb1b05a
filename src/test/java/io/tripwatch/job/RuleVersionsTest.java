package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Stamp;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleVersionsTest {
  private static final long T = 1_780_000_000_000L;
  private static final String NONSENSE = "{\"trip\":{\"pickupRadiusM\":999999}}";

  private OperatorStateStore states;
  private RuleVersions versions;

  @BeforeEach
  void begin() throws Exception {
    states =
        new DefaultOperatorStateBackendBuilder(
                getClass().getClassLoader(),
                new ExecutionConfig(),
                false,
                List.of(),
                new CloseableRegistry())
            .build();
    versions = new RuleVersions(Map.of("version", "file"), states);
  }

  private static RulesRecord record(String version, long time, String settings) {
    return new RulesRecord(
        new Stamp(time, Stamp.ABSENT, null, version + settings), version, time, settings);
  }

  private String versionAt(long time) {
    return versions.book().at(time).version();
  }

  private double radiusAt(long time) {
    return versions.book().at(time).forTrips(null, "SFO").trip().pickupRadiusM();
  }

  @Test
  void beginsWithTheVersionTheFileNames() {
    assertEquals("file", versionAt(T));
  }

  @Test
  void countsTheFirstOfTwoRecordsOfOneVersionInWhateverOrderTheyCome() throws Exception {
    versions.learn(record("v", T + 1, "{\"trip\":{\"pickupRadiusM\":222}}"));
    assertEquals(222, radiusAt(T + 1));
    versions.learn(record("v", T, "{\"trip\":{\"pickupRadiusM\":111}}"));
    assertEquals(111, radiusAt(T + 1));
    assertFalse(versions.learn(record("v", T, "{\"trip\":{\"pickupRadiusM\":111}}")));
  }

  @Test
  void goesOnWithWhatHeldWhenAVersionCannotBeUsed() throws Exception {
    versions.learn(record("good", T, "{\"trip\":{\"pickupRadiusM\":111}}"));
    assertTrue(versions.learn(record("bad", T + 1, NONSENSE)));
    assertTrue(versions.learn(record("worse", T + 2, "[")));
    assertEquals("good", versionAt(T + 3));
    assertEquals(111, radiusAt(T + 3));
  }

  @Test
  void takesTheFirstRecordOfAVersionThatCanBeUsed() throws Exception {
    versions.learn(record("v", T, NONSENSE));
    versions.learn(record("v", T + 1, "{\"trip\":{\"pickupRadiusM\":222}}"));
    assertEquals("file", versionAt(T));
    assertEquals(222, radiusAt(T + 1));
  }

  @Test
  void readsBackFromStateWhatItPassedOver() throws Exception {
    versions.learn(record("bad", T, NONSENSE));
    versions.learn(record("good", T + 1, "{}"));
    versions = new RuleVersions(Map.of(), states);
    assertEquals("default", versionAt(T));
    assertEquals("good", versionAt(T + 1));
  }
}
