package io.tripwatch.rule.voice;

import io.tripwatch.event.Complaint;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.Values;
import java.util.List;

/** What the rules about complaints ask and say alike. */
final class Complaints {
  private Complaints() {}

  /**
   * The first step of a type, or null. A complaint opened twice is due from the first time on: what
   * answers it by then answers it by the later one.
   */
  static Complaint first(List<Complaint> steps, Complaint.Type type) {
    for (Complaint step : steps) {
      if (step.type() == type) {
        return step;
      }
    }
    return null;
  }

  /** Whether a step was taken by a time; one told with a time before OPENED was, too. */
  static boolean isBy(long time, Complaint step) {
    return step != null && step.time() <= time;
  }

  /** What was not done with a complaint by when it was due. */
  static Finding overdue(Complaint opened, long due, String missing, Values settings) {
    String message =
        named(opened)
            + ", opened at "
            + Saying.instant(opened.time())
            + ", was "
            + missing
            + " by "
            + Saying.instant(due)
            + ".";
    Finding finding = Finding.at(due, settings, message).about(opened.complaintId());
    return categorised(finding, opened)
        .withInstant("openedAt", opened.time())
        .withInstant("dueAt", due);
  }

  /** Which complaint it is, and about what, for a message. */
  static String named(Complaint step) {
    String about = step.category() == null ? "" : " (" + step.category() + ")";
    return "Complaint " + step.complaintId() + about;
  }

  /** Says which complaint it is. */
  static Finding categorised(Finding finding, Complaint step) {
    finding.with("complaintId", step.complaintId());
    return step.category() == null ? finding : finding.with("category", step.category());
  }
}
