package io.tripwatch.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule is called, what follows from it by default, and what can be set.
 *
 * @param id as in the contract, e.g. {@code late-at-pickup}
 * @param family whose gravest penalty counts
 * @param needsSight whether its alert is UNVERIFIED where the driver was out of sight (⊙)
 * @param own the rule's own settings
 */
public record RuleSpec(
    String id,
    Family family,
    Severity severity,
    long fineCents,
    long points,
    boolean review,
    boolean needsSight,
    List<Setting> own) {

  /** Families of rules. */
  public enum Family {
    PUNCTUALITY,
    CONTACT,
    BUTTONS,
    IDENTITY,
    CHEATING,
    FEES,
    FLIGHTS,
    DRIVING,
    VOICE;

    /** As published. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Whether its alerts are UNVERIFIED where the driver was told of the pickup at short notice.
     */
    public boolean needsNotice() {
      return this == PUNCTUALITY || this == CONTACT || this == BUTTONS;
    }
  }

  static final String ENABLED = "enabled";
  static final String SEVERITY = "severity";
  static final String FINE_CENTS = "fineCents";
  static final String POINTS = "points";
  static final String REVIEW = "review";
  static final String SHADOW = "shadow";

  /** A million euros or dollars: above, a slip of the keyboard. */
  public static final long MAX_FINE_CENTS = 100_000_000;

  /** More than any driver can lose. */
  public static final long MAX_POINTS = 1_000;

  /** A spec with no fine, no points and no settings of its own, to build on. */
  public static RuleSpec of(String id, Family family, Severity severity) {
    return new RuleSpec(id, family, severity, 0, 0, false, false, List.of());
  }

  /** The same with a fine and points. */
  public RuleSpec fined(long cents, int pointsDeducted) {
    return new RuleSpec(id, family, severity, cents, pointsDeducted, review, needsSight, own);
  }

  /** The same, its penalties waiting for a person. */
  public RuleSpec reviewed() {
    return new RuleSpec(id, family, severity, fineCents, points, true, needsSight, own);
  }

  /** The same, needing sight of the driver (⊙). */
  public RuleSpec sighted() {
    return new RuleSpec(id, family, severity, fineCents, points, review, true, own);
  }

  /** The same with settings of its own. */
  public RuleSpec with(Setting... settings) {
    return new RuleSpec(
        id, family, severity, fineCents, points, review, needsSight, List.of(settings));
  }

  /** All settings: those every rule has, then the rule's own. */
  public List<Setting> settings() {
    List<Setting> all = new ArrayList<>();
    all.add(Setting.flag(ENABLED, true));
    all.add(Setting.severity(SEVERITY, severity));
    all.add(Setting.integer(FINE_CENTS, fineCents, 0, MAX_FINE_CENTS));
    all.add(Setting.integer(POINTS, points, 0, MAX_POINTS));
    all.add(Setting.flag(REVIEW, review));
    all.add(Setting.flag(SHADOW, false));
    all.addAll(own);
    return all;
  }
}
