package io.tripwatch.bench.peers;

/** The alerts of the three rules, in the least form in which two programs can be compared. */
public final class Found {
  public static final String MARGIN_MISSED = "margin-missed";
  public static final String ON_SITE_PRESSED_ELSEWHERE = "on-site-pressed-elsewhere";
  public static final String FAKE_ORDER = "fake-order";

  private Found() {}

  /** {@code margin-missed o-1}. */
  public static String of(String rule, String orderId) {
    return rule + " " + orderId;
  }
}
