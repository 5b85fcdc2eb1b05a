package io.tripwatch.trip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FixWireTest {
  private static final long NOON = 1_795_392_000_000L;

  /** No short decimals, none at all, or beyond what is held narrow. */
  private static final double[] ODD = {
    Double.NaN,
    -0.0,
    0.0,
    Math.PI,
    -1e-9,
    123.4567891234,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    3.9000000953674316,
    6_553.4,
    6_553.5,
    655.35,
    -1,
    214.7483648,
    9_007_199_254_740_993.0
  };

  private static byte[] written(FixLog log) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    log.write(new DataOutputStream(bytes), 0, log.size());
    return bytes.toByteArray();
  }

  private static FixLog read(byte[]... pieces) throws IOException {
    FixLog log = new FixLog();
    for (byte[] piece : pieces) {
      log.read(new DataInputStream(new ByteArrayInputStream(piece)));
    }
    return log;
  }

  /** To the bit: records compare doubles so. */
  private static List<Fix> content(FixLog log) {
    List<Fix> content = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      content.add(log.fix(i, false, "d-7"));
    }
    return content;
  }

  private static void comesBack(FixLog log) throws IOException {
    FixLog copy = read(written(log));
    assertEquals(content(log), content(copy));
    assertEquals(content(log), content(read(written(copy))));
  }

  @Test
  void bringsBackEveryNumberToTheBit() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      FixLog log = new FixLog();
      int oddOneIn = 1 + random.nextInt(40);
      int many = random.nextInt(60);
      for (int i = 0; i < many; i++) {
        log.learn(oddFix(random, oddOneIn));
      }
      comesBack(log);
      log.forgetBefore(NOON);
      comesBack(log);
    }
  }

  private static Fix oddFix(Random random, int oddOneIn) {
    long time = NOON - 60_000 + 1_000 * random.nextInt(120);
    if (random.nextInt(50) == 0) {
      time += (1L << 31) * (random.nextInt(3) - 1);
    }
    long receivedAt = time - 200 + 500L * random.nextInt(random.nextBoolean() ? 1 : 3);
    if (random.nextInt(2 * oddOneIn) == 0) {
      receivedAt += 1_000L * random.nextInt(7_200);
    }
    String id = random.nextInt(oddOneIn) == 0 ? "e-" + random.nextInt(1_000) : null;
    return new Fix(
        new Stamp(time, receivedAt, id, null),
        false,
        "d-7",
        "ph-" + (random.nextInt(oddOneIn) == 0 ? 1 : 0),
        number(random, oddOneIn, 1e5),
        number(random, oddOneIn, 1e6),
        number(random, oddOneIn, 1),
        number(random, oddOneIn, 10),
        Double.NaN,
        random.nextInt(oddOneIn) == 0,
        Fix.Datum.values()[random.nextInt(oddOneIn) == 0 ? random.nextInt(3) : 0]);
  }

  private static double number(Random random, int oddOneIn, double units) {
    if (random.nextInt(oddOneIn) == 0) {
      return random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : random.nextGaussian();
    }
    return Math.rint(90 * units * random.nextDouble()) / units;
  }

  @Test
  void bringsBackPieceByPieceWhatWasWrittenSo() throws IOException {
    Random random = new Random(1);
    FixLog log = new FixLog();
    for (int i = 0; i < 200; i++) {
      log.learn(oddFix(random, 20));
    }
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    log.write(new DataOutputStream(first), 0, 70);
    log.write(new DataOutputStream(second), 70, log.size());
    assertEquals(content(log), content(read(first.toByteArray(), second.toByteArray())));
  }

  @Test
  void keepsWhatIsHeldWideAsItWasNarrow() throws IOException {
    FixLog log = new FixLog();
    List<Fix> fixes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      fixes.add(drive(NOON + 3_000 * i, 30 + i / 1e6, 104, i / 10.0));
    }
    fixes.forEach(log::learn);
    for (Fix odd :
        List.of(
            drive(NOON + 300_000, Math.PI, 104, 3),
            drive(NOON + 303_000, 30, 104, 1e9),
            drive(NOON + (1L << 40), 30, 104, 1))) {
      log.learn(odd);
      fixes.add(odd);
      assertEquals(fixes.size(), log.size());
      for (int i = 0; i < fixes.size(); i++) {
        assertEquals(fixes.get(i).time(), log.time(i));
        assertEquals(fixes.get(i).lat(), log.lat(i));
        assertEquals(fixes.get(i).lon(), log.lon(i));
        assertEquals(fixes.get(i).speedKmh(), log.speedKmh(i));
      }
      comesBack(log);
    }
  }

  private static Fix drive(long time, double lat, double lon, double speedKmh) {
    // Received in a bit less or more than a third of a second.
    Stamp stamp = new Stamp(time, time + 200 + Math.floorMod(time / 7, 300), null, null);
    double none = Double.NaN;
    return new Fix(
        stamp, false, "d-7", "ph-7", lat, lon, 10, speedKmh, none, false, Fix.Datum.WGS84);
  }

  @Test
  void takesAtMostElevenBytesAFixWhereAPhoneReportsSevenDecimalsWhenItLikes() throws IOException {
    Random random = new Random(1);
    FixLog log = new FixLog();
    double lat = 30.6;
    double lon = 104.1;
    long time = NOON;
    for (int i = 0; i < 200; i++) {
      time += 2_900 + random.nextInt(200);
      lat += 3e-4 * random.nextGaussian();
      lon += 3e-4 * random.nextGaussian();
      double speed = Math.rint(400 + 200 * random.nextGaussian()) / 10;
      log.learn(drive(time, Math.rint(lat * 1e7) / 1e7, Math.rint(lon * 1e7) / 1e7, speed));
    }
    int bytes = written(log).length;
    assertTrue(bytes <= 11 * 200, bytes + " bytes");
  }

  @Test
  void refusesAFormItDoesNotKnow() throws IOException {
    byte[] bytes = written(new FixLog());
    bytes[0] = 1;
    IOException refusal = assertThrows(IOException.class, () -> read(bytes));
    assertTrue(refusal.getMessage().contains("restore with the build that wrote them"));
  }
}
