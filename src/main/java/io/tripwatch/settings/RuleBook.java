package io.tripwatch.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All versions of the rule settings: at a time the one with the greatest effectiveFrom not after it
 * holds, before all of them the settings the job was started with.
 */
public final class RuleBook {
  /** A version and from when on it holds, milliseconds since 1970. */
  public record Edition(long effectiveFrom, Settings settings) {}

  private final Settings first;
  private final List<Edition> editions;

  private RuleBook(Settings first, List<Edition> editions) {
    this.first = first;
    this.editions = editions;
  }

  /** A book of one version that always holds. */
  public static RuleBook of(Settings first) {
    return new RuleBook(first, List.of());
  }

  /**
   * A book of several versions.
   *
   * @param first holds before all others
   * @param editions in any order; of two from one moment the later in the list holds
   */
  public static RuleBook of(Settings first, List<Edition> editions) {
    List<Edition> inOrder = new ArrayList<>(editions);
    inOrder.sort(Comparator.comparingLong(Edition::effectiveFrom));
    return new RuleBook(first, List.copyOf(inOrder));
  }

  /** Whether any version has a rule judged for any trip. */
  public boolean enablesAnywhere(RuleSpec rule) {
    return first.enablesAnywhere(rule)
        || editions.stream().anyMatch(edition -> edition.settings().enablesAnywhere(rule));
  }

  /** The settings in force at a time. */
  public Settings at(long time) {
    for (int i = editions.size() - 1; i >= 0; i--) {
      if (editions.get(i).effectiveFrom() <= time) {
        return editions.get(i).settings();
      }
    }
    return first;
  }

  /** When the next version after a time comes into force; {@code Long.MAX_VALUE} if none does. */
  public long nextAfter(long time) {
    for (Edition edition : editions) {
      if (edition.effectiveFrom() > time) {
        return edition.effectiveFrom();
      }
    }
    return Long.MAX_VALUE;
  }
}
