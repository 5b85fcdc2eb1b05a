package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.rule.EvidenceForm;
import io.tripwatch.rule.Recomputed;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.verdict.Alert;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has an alert can check it without the input. */
class EvidenceTest {
  private static final int DAYS = 12;

  static LongStream seeds() {
    return LongStream.range(0, DAYS);
  }

  @Test
  void everyRuleIsRecomputedOrItIsSaidWhyNot() {
    Set<String> rules = new TreeSet<>(Recomputed.rules());
    rules.addAll(Recomputed.UNPROVABLE.keySet());
    assertEquals(new TreeSet<>(Rules.catalogue().stream().map(RuleSpec::id).toList()), rules);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void verdictsFollowFromTheirEvidenceAlone(long seed) {
    Map<String, Alert> finals = MemoryJob.finals(NastyDay.of(seed), NastyDay.SETTLED);
    int many = 0;
    for (Alert alert : finals.values()) {
      if (Recomputed.UNPROVABLE.containsKey(alert.ruleId())) {
        continue;
      }
      EvidenceForm.assertHolds(alert);
      // Recomputed by the defaults.
      if (alert.ruleVersion().equals("default")) {
        Recomputed.assertHolds(alert);
        many++;
      }
    }
    assertTrue(many > 0);
  }
}
