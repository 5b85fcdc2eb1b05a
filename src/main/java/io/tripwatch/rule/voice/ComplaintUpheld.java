package io.tripwatch.rule.voice;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.TripSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * A person found a complaint about the driver justified (§3.六). The last verdict on the complaint
 * counts; what it costs him becomes final like any other penalty.
 */
public final class ComplaintUpheld implements FeedbackRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("complaint-upheld", Family.VOICE, Severity.MAJOR).fined(5_000, 5);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public List<Finding> judge(TripSummary trip, Feedback feedback, Values settings) {
    List<Finding> findings = new ArrayList<>();
    for (List<Complaint> steps : feedback.complaints().values()) {
      Complaint first = steps.get(0);
      if (feedback.isLast(Decision.UPHELD, Subject.COMPLAINT, first.complaintId())) {
        HumanVerdict verdict = feedback.verdictOn(Subject.COMPLAINT, first.complaintId());
        findings.add(upheld(first, verdict, settings));
      }
    }
    return findings;
  }

  private static Finding upheld(Complaint complaint, HumanVerdict verdict, Values settings) {
    String message =
        Complaints.named(complaint)
            + " was upheld by "
            + verdict.decidedBy()
            + " at "
            + Saying.instant(verdict.time())
            + ".";
    Finding finding = Finding.at(verdict.time(), settings, message).about(complaint.complaintId());
    return Complaints.categorised(finding, complaint)
        .withInstant("upheldAt", verdict.time())
        .with("decidedBy", verdict.decidedBy());
  }
}
