package io.tripwatch.verdict;

import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.trip.PickupTime.NEVER;
import static io.tripwatch.verdict.Held.MOMENT;
import static io.tripwatch.verdict.Held.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.verdict.Account.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
  private static final Entry LATE = new Entry(1_000, "late-at-pickup", 3, 5_000);
  private static final Entry NO_SHOW = new Entry(2_000, "no-show", 12, 20_000);
  private static final Entry FAKE = new Entry(500, "fake-order", 100, 50_000);

  private final Account account = new Account();

  @Test
  void takesOnlyFinalPenalties() {
    List<Holding> holds =
        List.of(
            rule("late-at-pickup").decided(UPHELD, Duration.ofHours(1)).holding(),
            rule("margin-missed").costs(0, 1).holding(),
            rule("detour").family("driving").review().holding(),
            rule("end-not-pressed").family("buttons").costs(0, 1).holding());
    List<Statement> penalties = Penalties.of(holds, 1, new Awaited(MOMENT));
    Entry upheld = new Entry(MOMENT, "late-at-pickup", 3, 5_000);
    assertEquals(List.of(upheld), Account.finals(penalties));
    assertEquals(List.of(), Account.finals(List.of(holds.get(0).alert())));
    Output reversed = penalties.get(0).takenBack(2, null);
    assertEquals(List.of(), Account.finals(List.of(reversed)));
  }

  @Test
  void putsPenaltiesInPlaceOfOthers() {
    assertFalse(account.replace(List.of(), List.of()));
    assertTrue(account.replace(List.of(), List.of(NO_SHOW, LATE)));
    assertEquals(List.of(LATE, NO_SHOW), account.entries());
    assertFalse(account.replace(List.of(LATE), List.of(LATE)));
    assertTrue(account.replace(List.of(NO_SHOW), List.of()));
    assertEquals(List.of(LATE), account.entries());
  }

  @Test
  void countsEqualPenaltiesOfTwoTripsTwice() {
    account.replace(List.of(), List.of(LATE));
    account.replace(List.of(), List.of(LATE));
    assertEquals(List.of(LATE, LATE), account.entries());
    account.replace(List.of(LATE), List.of());
    assertEquals(List.of(LATE), account.entries());
  }

  @Test
  void forgetsWhatHappenedBeforeATimeButNotWhatBarsTheDriver() {
    account.replace(List.of(), List.of(FAKE, LATE, NO_SHOW));
    assertEquals(1_000, account.firstAt());
    account.forgetBefore(1_000);
    assertEquals(List.of(FAKE, LATE, NO_SHOW), account.entries());
    account.forgetBefore(1_001);
    assertEquals(List.of(FAKE, NO_SHOW), account.entries());
    assertEquals(2_000, account.firstAt());
    account.forgetBefore(NEVER);
    assertEquals(List.of(FAKE), account.entries());
    assertEquals(NEVER, account.firstAt());
  }

  @Test
  void isWrittenAndRead() throws IOException {
    account.replace(List.of(), List.of(FAKE, LATE, LATE));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    account.write(new DataOutputStream(bytes));
    Account read = new Account();
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertEquals(account.entries(), read.entries());
  }
}
