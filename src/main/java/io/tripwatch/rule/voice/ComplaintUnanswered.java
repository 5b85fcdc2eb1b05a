package io.tripwatch.rule.voice;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.Complaint.Type;
import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.TripSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A complaint was neither replied to nor resolved {@code within} so long of being opened
 * (§3.四.2.4): the desk's duty, no driver's.
 */
public final class ComplaintUnanswered implements FeedbackRule {
  private static final Setting WITHIN =
      Setting.duration("within", Duration.ofMinutes(45), Duration.ZERO, Duration.ofDays(30));

  private static final RuleSpec SPEC =
      RuleSpec.of("complaint-unanswered", Family.VOICE, Severity.MAJOR).with(WITHIN);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public List<Finding> judge(TripSummary trip, Feedback feedback, Values settings) {
    List<Finding> findings = new ArrayList<>();
    for (List<Complaint> steps : feedback.complaints().values()) {
      Complaint opened = Complaints.first(steps, Type.OPENED);
      if (opened == null) {
        continue;
      }
      long due = opened.time() + settings.ms(WITHIN);
      boolean isAnswered =
          Complaints.isBy(due, Complaints.first(steps, Type.REPLIED))
              || Complaints.isBy(due, Complaints.first(steps, Type.RESOLVED));
      if (!isAnswered && feedback.hasCome(due)) {
        String missing = "neither answered nor resolved";
        findings.add(Complaints.overdue(opened, due, missing, settings));
      }
    }
    return findings;
  }
}
