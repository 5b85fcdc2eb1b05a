package io.tripwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShortFormTest {
  private static final long NOON = 1_795_392_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ShortOutput out = new ShortOutput(new DataOutputStream(bytes));

  private ShortInput in() {
    return new ShortInput(in(bytes));
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  /** Events as they are tried on the other form, and with the records they may have come from. */
  static Stream<Event> events() {
    return WireTest.events()
        .flatMap(
            event -> {
              List<Event> forms = new ArrayList<>(List.of(event));
              for (boolean spelt : new boolean[] {true, false}) {
                String plain = PlainRecord.of(event, spelt);
                if (plain != null) {
                  forms.add(recorded(event, plain));
                  forms.add(recorded(event, plain + " "));
                }
              }
              return forms.stream();
            });
  }

  private static Event recorded(Event event, String canonical) {
    Stamp stamp = event.stamp();
    return PlainRecord.stamped(
            event, new Stamp(stamp.eventTime(), stamp.receivedAt(), stamp.eventId(), canonical))
        .shortened();
  }

  @ParameterizedTest
  @MethodSource("events")
  void bringsEveryEventBackAsItWas(Event event) throws IOException {
    Wire.write(event, out);
    Wire.write(event, out);
    DataInputStream source = in(bytes);
    ShortInput in = new ShortInput(source);
    assertEquals(event, Wire.read(in));
    assertEquals(event, Wire.read(in));
    assertEquals(-1, source.read(), "nothing is left over");
  }

  @Test
  void keepsNoRecordThatSaysWhatTheEventSays() throws IOException {
    FleetRecord bare =
        new FleetRecord(
            new Stamp(NOON, Stamp.ABSENT, null, null),
            "d-433c8f54",
            List.of("ph-433c8f54"),
            "川A433C8",
            VehicleClass.COMFORT,
            "vt-433c8f54",
            "chengdu");
    Wire.write(recorded(bare, PlainRecord.of(bare, true)), out);
    assertTrue(bytes.size() <= 64, bytes.size() + " bytes");
  }

  @Test
  void bringsEveryWholeNumberBack() throws IOException {
    Random random = new Random(1);
    List<Long> numbers = new ArrayList<>();
    for (int bits = 0; bits < 64; bits++) {
      for (long number : new long[] {1L << bits, -(1L << bits), (1L << bits) - 1, ~(1L << bits)}) {
        numbers.add(number);
      }
      numbers.add(random.nextLong() >> bits);
      numbers.add(NOON + random.nextInt(1_000_000));
    }
    for (long number : numbers) {
      out.writeLong(number);
      out.writeInt((int) number);
      out.writeShort((short) number);
      out.writeChar((char) number);
    }
    ShortInput in = in();
    for (long number : numbers) {
      assertEquals(number, in.readLong());
      assertEquals((int) number, in.readInt());
      assertEquals((short) number, in.readShort());
      assertEquals((char) number, in.readChar());
    }
  }

  @Test
  void bringsEveryFractionBackToTheBit() throws IOException {
    Random random = new Random(1);
    List<Double> fractions = new ArrayList<>();
    for (double odd : new double[] {0.0, -0.0, Double.NaN, Math.PI, Double.MAX_VALUE}) {
      fractions.add(odd);
      fractions.add(-odd);
      fractions.add(1 / odd);
    }
    for (int i = 0; i < 1_000; i++) {
      fractions.add(Math.rint(random.nextGaussian() * 1e7) / Math.pow(10, random.nextInt(12)));
      fractions.add(Double.longBitsToDouble(random.nextLong()));
    }
    for (double fraction : fractions) {
      out.writeDouble(fraction);
    }
    ShortInput in = in();
    for (double fraction : fractions) {
      // As records compare them: -0.0 is not 0.0.
      assertEquals(0, Double.compare(fraction, in.readDouble()), () -> "" + fraction);
    }
  }

  @Test
  void writesATextThatComesAgainAsItsNumber() throws IOException {
    String[] texts = {null, "", "no-show", "/", "a/b", "o-1/d-7/no-show", "川A", "x".repeat(70_000)};
    for (String text : texts) {
      Wire.writeString(text, out);
    }
    int once = bytes.size();
    for (String text : texts) {
      Wire.writeString(text, out);
    }
    assertTrue(bytes.size() - once <= 2 * texts.length, bytes.size() - once + " bytes");
    ShortInput in = in();
    for (int round = 0; round < 2; round++) {
      for (String text : texts) {
        assertEquals(text, Wire.readString(in));
      }
    }
  }

  @Test
  void needNotWriteWhatIsKnown() throws IOException {
    List<String> known = List.of("d-7", "o-1", "d-7");
    out.knowing(known);
    Wire.writeString("new", out);
    Wire.writeString("o-1", out);
    Wire.writeString("d-7", out);
    assertEquals(1 + 3 + 1 + 1, bytes.size());
    ShortInput in = in().knowing(known);
    assertEquals("new", Wire.readString(in));
    assertEquals("o-1", Wire.readString(in));
    assertEquals("d-7", Wire.readString(in));
  }
}
