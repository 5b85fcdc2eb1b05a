package io.tripwatch.settings;

import java.util.Map;
import java.util.TreeMap;

/** The values of one group of settings as they apply to one scenario in one city. */
public final class Values {
  private final Map<String, Object> byName;

  /** Asked of every rule at every judgement: found once. */
  private final boolean enabled;

  Values(Map<String, Object> byName) {
    this.byName = Map.copyOf(byName);
    this.enabled = !Boolean.FALSE.equals(byName.get(RuleSpec.ENABLED));
  }

  /** A duration in milliseconds. */
  public long ms(Setting setting) {
    return (Long) get(setting.name());
  }

  /** A number. */
  public double number(Setting setting) {
    return (Double) get(setting.name());
  }

  /** A whole number. */
  public long integer(Setting setting) {
    return (Long) get(setting.name());
  }

  /** Whether the rule is judged at all. */
  public boolean enabled() {
    return enabled;
  }

  /** The rule's severity. */
  public Severity severity() {
    return (Severity) get(RuleSpec.SEVERITY);
  }

  /** The rule's fine in cents. */
  public long fineCents() {
    return (Long) get(RuleSpec.FINE_CENTS);
  }

  /** The rule's points. */
  public long points() {
    return (Long) get(RuleSpec.POINTS);
  }

  /** Whether its penalties wait for a person. */
  public boolean review() {
    return (Boolean) get(RuleSpec.REVIEW);
  }

  /** Whether the rule is on trial. */
  public boolean shadow() {
    return (Boolean) get(RuleSpec.SHADOW);
  }

  private Object get(String name) {
    Object value = byName.get(name);
    if (value == null) {
      throw new IllegalStateException("no setting " + name + " here; known are " + byName.keySet());
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values values && byName.equals(values.byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  @Override
  public String toString() {
    return new TreeMap<>(byName).toString();
  }
}
