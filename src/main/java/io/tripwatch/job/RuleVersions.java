package io.tripwatch.job;

import io.tripwatch.codec.SettingsSyntaxException;
import io.tripwatch.codec.SettingsTree;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.InvalidSettingsException;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.RuleBook.Edition;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.EventLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All versions of the rule settings that were published while the job ran, the same on every task.
 * Of two records with one version the first counts. A version that cannot be used, which only an
 * earlier build can have accepted, is passed over: nothing stops the job.
 */
final class RuleVersions {
  private static final Logger LOG = LoggerFactory.getLogger(RuleVersions.class);

  private final BroadcastLog stored;
  private final EventLog<RulesRecord> records = EventLog.byTime();
  private final Settings first;
  private RuleBook book;

  /**
   * The versions.
   *
   * @param settingsTree what holds before the first of them
   */
  RuleVersions(Map<String, Object> settingsTree, OperatorStateStore states) throws Exception {
    first = Settings.of(settingsTree, Rules.catalogue());
    stored = new BroadcastLog("rules", states);
    stored.read().forEach(one -> records.learn((RulesRecord) one));
    bind();
  }

  /** The settings in force at each time. */
  RuleBook book() {
    return book;
  }

  /** Takes in a version; false if it is a repeated one. */
  boolean learn(RulesRecord version) throws Exception {
    if (!records.learn(version)) {
      return false;
    }
    stored.write(records);
    bind();
    return true;
  }

  private void bind() {
    Set<String> known = new HashSet<>();
    List<Edition> editions = new ArrayList<>();
    for (RulesRecord record : records) {
      if (known.contains(record.version())) {
        continue;
      }
      try {
        Map<String, Object> tree = SettingsTree.readJson(record.settingsJson());
        Settings settings = Settings.of(record.version(), tree, Rules.catalogue());
        editions.add(new Edition(record.effectiveFrom(), settings));
        known.add(record.version());
      } catch (InvalidSettingsException | SettingsSyntaxException e) {
        LOG.warn("Version {} of the rules is passed over: {}", record.version(), e.getMessage());
      }
    }
    book = RuleBook.of(first, editions);
  }
}
