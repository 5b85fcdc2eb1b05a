package io.tripwatch.trip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Stamp;
import io.tripwatch.geo.Datums;
import io.tripwatch.trip.FixLog.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixLogTest {
  private final FixLog log = new FixLog();

  private Place learn(Fixes fix) {
    return log.learn(fix.fix());
  }

  private static List<String> content(FixLog log) {
    List<String> content = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      content.add(
          log.time(i)
              + " "
              + log.mendedMs(i)
              + " "
              + log.accuracyM(i)
              + " "
              + log.deviceId(i)
              + " "
              + log.lat(i)
              + " "
              + log.mock(i)
              + " "
              + log.datum(i)
              + " "
              + log.speedKmh(i)
              + " "
              + log.receivedAt(i));
    }
    return content;
  }

  @Test
  void keepsFixesInOrderOfTimeHoweverTheyCome() {
    assertEquals(Place.LAST, learn(Fixes.at(1_000)));
    assertEquals(Place.LAST, learn(Fixes.at(3_000)));
    assertEquals(Place.BETWEEN, learn(Fixes.at(2_000)));
    assertEquals(Place.BETWEEN, learn(Fixes.at(0)));
    assertEquals(List.of(0L, 1_000L, 2_000L, 3_000L), times());
  }

  private List<Long> times() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      times.add(log.time(i));
    }
    return times;
  }

  @Test
  void ordersFixesOfOneTimeByAccuracyAbsentLastThenDeviceThenPlace() {
    learn(Fixes.at(1_000).accuracyM(Double.NaN));
    learn(Fixes.at(1_000).accuracyM(20));
    learn(Fixes.at(1_000).accuracyM(20).lat(29));
    learn(Fixes.at(1_000).accuracyM(20).device("a"));
    learn(Fixes.at(1_000).accuracyM(5).device("z"));
    assertEquals(
        List.of("5.0 z 30.0", "20.0 a 30.0", "20.0 ph-7 29.0", "20.0 ph-7 30.0", "NaN ph-7 30.0"),
        java.util.stream.IntStream.range(0, log.size())
            .mapToObj(i -> log.accuracyM(i) + " " + log.deviceId(i) + " " + log.lat(i))
            .toList());
  }

  @Test
  void knowsARepeatedFixByItsContent() {
    learn(Fixes.at(1_000));
    learn(Fixes.at(2_000));
    assertEquals(Place.REPEATED, learn(Fixes.at(1_000).receivedAt(9_000)));
    assertEquals(Place.REPEATED, learn(Fixes.at(2_000)));
    assertEquals(Place.BETWEEN, learn(Fixes.at(1_000).lat(30.1)));
    assertEquals(3, log.size());
  }

  @Test
  void takesOfTwoCopiesTheOneReceivedFirst() {
    learn(Fixes.at(1_000).receivedAt(9_000));
    learn(Fixes.at(2_000));
    assertEquals(8_000, log.delayMs(0));
    assertEquals(Place.REPEATED, learn(Fixes.at(1_000).receivedAt(9_000)));
    assertEquals(Place.REPEATED, learn(Fixes.at(1_000).receivedAt(9_001)));
    assertEquals(Place.INSTEAD, learn(Fixes.at(1_000).receivedAt(8_999)));
    assertEquals(7_999, log.delayMs(0));
    assertEquals(8_999, log.receivedAt(0));
    assertEquals(List.of(1_000L, 2_000L), times());
  }

  @Test
  void keepsWhenEachFixWasReceived() {
    long[] delays = {0, 300, 65_535, 65_536, 7_200_000, 1, 1L << 40};
    for (int i = 0; i < delays.length; i++) {
      learn(Fixes.at(1_000 * i).receivedAt(1_000 * i + delays[i]));
      for (int known = 0; known <= i; known++) {
        assertEquals(delays[known], log.delayMs(known));
        assertEquals(1_000 * known + delays[known], log.receivedAt(known));
      }
    }
  }

  @Test
  void knowsARepeatedFixByItsEventIdAndTakesTheOneReceivedFirst() {
    learn(Fixes.at(1_000).id("a").receivedAt(5_000));
    assertEquals(Place.REPEATED, learn(Fixes.at(2_000).id("a").receivedAt(5_001)));
    assertEquals(Place.INSTEAD, learn(Fixes.at(3_000).id("a").receivedAt(4_999)));
    assertEquals(List.of(3_000L), times());
    assertEquals(Place.LAST, learn(Fixes.at(3_000).id("b").receivedAt(4_999)));
    assertEquals(2, log.size());
  }

  @Test
  void tellsFixesWithAndWithoutEventIdApart() {
    learn(Fixes.at(1_000));
    assertEquals(Place.LAST, learn(Fixes.at(1_000).id("a")));
    assertEquals(Place.REPEATED, learn(Fixes.at(1_000)));
    assertEquals(Place.REPEATED, learn(Fixes.at(1_000).id("a")));
  }

  @Test
  void mendsAClockThatRunsAhead() {
    learn(Fixes.at(20_000).receivedAt(10_000));
    learn(Fixes.at(20_001).receivedAt(10_000));
    learn(Fixes.at(9_000));
    assertEquals(List.of(9_000L, 10_000L, 10_000L), times());
    assertEquals(0, log.mendedMs(0));
    assertEquals(300, log.delayMs(0));
    assertEquals(0, log.delayMs(2));
    assertEquals(FixLog.MAX_MENDED_MS, log.mendedMs(1));
    assertEquals(FixLog.MAX_MENDED_MS + 1, log.mendedMs(2));
  }

  @Test
  void takesOfTwoCopiesOfAMendedFixTheOneReceivedFirst() {
    learn(Fixes.at(20_000).receivedAt(15_000));
    assertEquals(Place.REPEATED, learn(Fixes.at(20_000).receivedAt(16_000)));
    assertEquals(Place.REPEATED, learn(Fixes.at(20_000).receivedAt(21_000)));
    assertEquals(Place.INSTEAD, learn(Fixes.at(20_000).receivedAt(14_000)));
    assertEquals(List.of(14_000L), times());
  }

  @Test
  void mendsACopyWhoseFirstOneWasNot() {
    learn(Fixes.at(20_000).receivedAt(21_000));
    assertEquals(Place.INSTEAD, learn(Fixes.at(20_000).receivedAt(14_000)));
    assertEquals(List.of(14_000L), times());
  }

  @Test
  void holdsTheSameInTheEndHoweverFixesComeAndHoweverOften() {
    List<Fix> fixes = manyFixes();
    List<String> expected = null;
    for (int seed = 0; seed < 30; seed++) {
      List<Fix> shuffled = new ArrayList<>(fixes);
      shuffled.addAll(fixes.subList(0, fixes.size() / 2));
      Collections.shuffle(shuffled, new Random(seed));
      FixLog one = new FixLog();
      shuffled.forEach(one::learn);
      expected = expected == null ? content(one) : expected;
      assertEquals(expected, content(one), "seed " + seed);
    }
  }

  /** Few times, devices, ids and receipts, so that they meet in every way. */
  private static List<Fix> manyFixes() {
    Random random = new Random(1);
    List<Fix> fixes = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      long time = 1_000 * random.nextInt(40);
      long receivedAt = time - 15_000 + 5_000 * random.nextInt(8);
      String id = random.nextInt(3) == 0 ? "e-" + random.nextInt(12) : null;
      double accuracyM = random.nextInt(3) == 0 ? Double.NaN : 5 * random.nextInt(3);
      Fixes fix = Fixes.at(time).receivedAt(receivedAt).id(id).accuracyM(accuracyM);
      fixes.add(fix.device("ph-" + random.nextInt(2)).fix());
    }
    return fixes;
  }

  /** Columns that count how often a fix is looked at. */
  private static final class Counted extends FixColumns {
    private long looks;

    @Override
    long time(int i) {
      looks++;
      return super.time(i);
    }

    @Override
    long idHash(int i) {
      looks++;
      return super.idHash(i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true,false,false",
    "true,false,true",
    "true,true,true",
    "false,true,false",
    "false,true,true",
    "false,false,false",
    "false,false,true"
  })
  void looksAtFewFixesHoweverManyAreKept(boolean ids, boolean mended, boolean reverse) {
    int many = 100_000;
    Counted columns = new Counted();
    FixLog full = new FixLog(columns);
    for (int i = 0; i < many; i++) {
      full.learn(numbered(reverse ? many - i : i + 1, ids, mended));
    }
    for (int i = 1; i <= many; i += 10) {
      assertEquals(Place.REPEATED, full.learn(numbered(i, ids, mended)));
    }
    assertEquals(many, full.size());
    assertTrue(columns.looks < 50L * many, () -> columns.looks + " looks");
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 32, 1_000, 1_023, 1_024})
  void looksAtFewFixesWhereAsManyAreForgotten(int kept) {
    Counted columns = new Counted();
    FixLog steady = new FixLog(columns);
    int many = 20 * kept;
    for (int i = 1; i <= many; i++) {
      steady.learn(numbered(i, true, false));
      steady.forgetBefore(10_000L * (i - kept + 1));
    }
    assertEquals(kept, steady.size());
    assertTrue(columns.looks < 40L * many, () -> columns.looks + " looks");
  }

  /** Mended or not, no two of them happened at one time. */
  private static Fix numbered(int i, boolean id, boolean mended) {
    long time = 10_000L * i;
    Fixes fix = Fixes.at(time + (mended ? 5_000 : 0)).receivedAt(time + (mended ? 0 : 300));
    return fix.id(id ? "e-" + i : null).fix();
  }

  @Test
  void forgetsWhatIsOlderAndKeepsTheNumbersOfTheRest() {
    for (int i = 0; i < 100; i++) {
      learn(Fixes.at(1_000 * i));
    }
    long number = log.number(60);
    log.forgetBefore(60_000);
    assertEquals(40, log.size());
    assertEquals(60_000, log.time(0));
    assertEquals(0, log.indexOf(number));
    assertEquals(0, log.indexOf(number - 5));
    assertEquals(Place.LAST, learn(Fixes.at(100_000)));
    assertEquals(40, log.indexOf(log.number(40)));
    assertEquals(0, log.firstFrom(0));
    assertEquals(1, log.firstFrom(60_001));
    assertEquals(41, log.firstFrom(100_001));
    log.forgetBefore(200_000);
    assertEquals(0, log.size());
    assertEquals(Place.LAST, learn(Fixes.at(201_000).device("new")));
    assertEquals("new", log.deviceId(0));
  }

  @Test
  void tellsWhichPiecesChanged() {
    learn(Fixes.at(1_000));
    learn(Fixes.at(DriverWire.PIECE_MS).receivedAt(DriverWire.PIECE_MS + 1));
    assertEquals(List.of(0L, 1L), log.takeChangedPieces());
    assertEquals(List.of(), log.takeChangedPieces());
    learn(Fixes.at(1_000));
    assertEquals(List.of(), log.takeChangedPieces());
    learn(Fixes.at(DriverWire.PIECE_MS).receivedAt(DriverWire.PIECE_MS - 1));
    assertEquals(List.of(0L, 1L), log.takeChangedPieces());
  }

  @Test
  void tellsManyPhonesApart() {
    for (int i = 0; i < 200; i++) {
      learn(Fixes.at(1_000 * i).device("ph-" + i % 50));
      assertEquals("ph-" + i % 50, log.deviceId(i));
    }
    assertEquals(50, log.deviceCount());
    assertEquals("ph-1", log.deviceId(1));
    log.forgetBefore(1_000_000);
    learn(Fixes.at(1_000_000).device("ph-8"));
    assertEquals("ph-8", log.deviceId(0));
    assertEquals(1, log.deviceCount());
  }

  /** Forgotten fixes are no copies of those to come; the others are known by id and by content. */
  @Test
  void knowsCopiesAfterForgettingAndComingBackFromState() throws IOException {
    List<Fix> fixes = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      fixes.add(numbered(i, i % 3 == 0, i % 7 == 0));
    }
    for (Fix fix : fixes) {
      log.learn(fix);
      log.forgetBefore(fix.time() - 2_000_000);
    }
    FixLog copy = new FixLog();
    read(copy, 0, log.size());
    int kept = log.size();
    assertEquals(201, kept);
    for (Fix fix : fixes.subList(1_000 - kept, 1_000)) {
      assertEquals(Place.REPEATED, log.learn(fix));
      assertEquals(Place.REPEATED, copy.learn(fix));
    }
    for (Fix fix : fixes.subList(0, 1_000 - kept)) {
      assertEquals(Place.BETWEEN, log.learn(fix));
      assertEquals(Place.BETWEEN, copy.learn(fix));
    }
    assertEquals(1_000, log.size());
    assertEquals(content(log), content(copy));
  }

  @Test
  void convertsToWgs84WhereItIsAsked() {
    for (int i = 0; i < 40; i++) {
      Fix.Datum datum = Fix.Datum.values()[i % 3];
      log.learn(inDatum(1_000L * (40 - i), datum));
      assertEquals(expectedLat(log.datum(0)), log.wgsLat(0));
    }
    for (int i = 0; i < log.size(); i++) {
      assertEquals(expectedLat(log.datum(i)), log.wgsLat(i));
    }
  }

  private static Fix inDatum(long time, Fix.Datum datum) {
    Stamp stamp = new Stamp(time, time, null, null);
    double none = Double.NaN;
    return new Fix(stamp, false, "d-7", "ph-7", 30, 104, none, none, none, false, datum);
  }

  private static double expectedLat(Fix.Datum datum) {
    return switch (datum) {
      case WGS84 -> 30;
      case GCJ02 -> Datums.gcj02ToWgs84(30, 104)[0];
      case BD09 -> Datums.bd09ToWgs84(30, 104)[0];
    };
  }

  @Test
  void isTheSameAfterBeingWrittenAndReadInPieces() throws IOException {
    List<Fix> fixes = manyFixes();
    fixes.forEach(log::learn);
    FixLog copy = new FixLog();
    int half = log.size() / 2;
    read(copy, 0, half);
    read(copy, half, log.size());
    assertEquals(content(log), content(copy));
    for (Fix fix : fixes) {
      assertEquals(Place.REPEATED, copy.learn(fix), fix::toString);
    }
    assertTrue(copy.size() > 20);
  }

  private void read(FixLog copy, int from, int to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    log.write(new DataOutputStream(bytes), from, to);
    copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void aFixGivenAgainIsTheSameEventToAnotherLog() {
    List<Fix> fixes =
        List.of(
            Fixes.at(1_000).fix(),
            Fixes.at(2_000).receivedAt(1_500).device("p-9").fix(),
            Fixes.at(3_000).receivedAt(3_100).id("an-eventId").accuracyM(7).fix(),
            Fixes.at(4_000).receivedAt(3_900).id("another").lat(12).fix());
    FixLog given = new FixLog();
    fixes.forEach(log::learn);
    for (int i = 0; i < log.size(); i++) {
      Fix again = log.fix(i, false, "d-7");
      assertEquals(Place.LAST, given.learn(again));
      assertEquals(Place.REPEATED, given.learn(FixLog.asKept(again(fixes, again))));
    }
    assertEquals(content(log), content(given));
    Fix replacing = Fixes.at(3_050).receivedAt(3_000).id("an-eventId").lat(13).fix();
    assertEquals(Place.INSTEAD, given.learn(FixLog.asKept(replacing)));
    assertEquals(Place.INSTEAD, log.learn(replacing));
    assertEquals(content(log), content(given));
  }

  private static Fix again(List<Fix> fixes, Fix same) {
    return fixes.stream().filter(fix -> fix.time() == same.time()).findFirst().orElseThrow();
  }
}
