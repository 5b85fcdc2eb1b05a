package io.tripwatch.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of events between operators and in state. Written by hand, because fixes pass
 * here more than anything else; {@link #VERSION} tells later builds what they read. To a {@link
 * ShortOutput} the same is written in fewer bytes, and slower.
 */
public final class Wire {
  /** Raised with every change of the form. */
  public static final int VERSION = 5;

  private static final Topic[] TOPICS = Topic.values();

  private Wire() {}

  /** Writes an event. */
  public static void write(Event event, DataOutput out) throws IOException {
    if (out instanceof ShortOutput brief) {
      brief.writeStamp(event);
    } else {
      out.writeByte(event.topic().ordinal());
      writeStamp(event.stamp(), out);
    }
    if (event instanceof Fix fix) {
      writeFix(fix, out);
    } else if (event instanceof OrderEvent order) {
      writeOrder(order, out);
    } else if (event instanceof Press press) {
      writeStrings(out, press.orderId(), press.driverId(), press.deviceId());
      out.writeByte(press.button().ordinal());
      out.writeDouble(press.lat());
      out.writeDouble(press.lon());
    } else if (event instanceof Call call) {
      writeStrings(out, call.orderId(), call.driverId(), call.passengerId());
      out.writeByte(call.channel().ordinal());
      out.writeByte(call.caller().ordinal());
      out.writeByte(call.outcome().ordinal());
      out.writeDouble(call.durationS());
    } else if (event instanceof Login login) {
      writeStrings(out, login.driverId(), login.deviceId(), login.appVersion(), login.ip());
      out.writeByte(login.action().ordinal());
    } else if (event instanceof FlightStatus status) {
      writeFlightKey(status.flight(), out);
      out.writeByte(status.mode().ordinal());
      out.writeByte(status.status().ordinal());
      out.writeLong(status.scheduledArrival());
      out.writeLong(status.estimatedArrival());
      out.writeLong(status.actualArrival());
    } else if (event instanceof FleetRecord fleet) {
      writeStrings(out, fleet.driverId(), fleet.plate(), fleet.vehicleDeviceId(), fleet.city());
      out.writeByte(fleet.vehicleClass().ordinal());
      writeList(fleet.phones(), out);
    } else if (event instanceof Rating rating) {
      writeStrings(out, rating.orderId(), rating.driverId(), rating.passengerId());
      out.writeByte(rating.by().ordinal());
      out.writeInt(rating.stars());
      writeList(rating.tags(), out);
    } else if (event instanceof Complaint complaint) {
      writeStrings(
          out,
          complaint.complaintId(),
          complaint.orderId(),
          complaint.driverId(),
          complaint.passengerId(),
          complaint.category());
      out.writeByte(complaint.type().ordinal());
    } else if (event instanceof HumanVerdict verdict) {
      writeStrings(
          out, verdict.subjectId(), verdict.driverId(), verdict.decidedBy(), verdict.note());
      out.writeByte(verdict.subject().ordinal());
      out.writeByte(verdict.verdict().ordinal());
    } else if (event instanceof RulesRecord rules) {
      writeStrings(out, rules.version(), rules.settingsJson());
      out.writeLong(rules.effectiveFrom());
    } else if (event instanceof Undo undo) {
      writeUndo(undo, out);
    }
  }

  /** Reads an event. */
  public static Event read(DataInput in) throws IOException {
    if (in instanceof ShortInput brief) {
      return brief.readEvent();
    }
    Topic topic = TOPICS[in.readByte()];
    return read(topic, readStamp(in), in);
  }

  /** Reads what is behind the stamp of an event. */
  static Event read(Topic topic, Stamp stamp, DataInput in) throws IOException {
    return switch (topic) {
      case GPS -> readFix(stamp, in);
      case ORDERS -> readOrder(stamp, in);
      case BUTTONS ->
          new Press(
              stamp,
              readString(in),
              readString(in),
              readString(in),
              Press.Button.values()[in.readByte()],
              in.readDouble(),
              in.readDouble());
      case CALLS ->
          new Call(
              stamp,
              readString(in),
              readString(in),
              readString(in),
              Call.Channel.values()[in.readByte()],
              Call.Caller.values()[in.readByte()],
              Call.Outcome.values()[in.readByte()],
              in.readDouble());
      case LOGINS -> readLogin(stamp, in);
      case FLIGHTS ->
          new FlightStatus(
              stamp,
              readFlightKey(in),
              FlightStatus.Mode.values()[in.readByte()],
              FlightStatus.Status.values()[in.readByte()],
              in.readLong(),
              in.readLong(),
              in.readLong());
      case FLEET -> readFleet(stamp, in);
      case RATINGS ->
          new Rating(
              stamp,
              readString(in),
              readString(in),
              readString(in),
              Rating.By.values()[in.readByte()],
              in.readInt(),
              readList(in));
      case COMPLAINTS -> readComplaint(stamp, in);
      case VERDICTS -> readVerdict(stamp, in);
      case RULES -> readRules(stamp, in);
      case UNDO -> readUndo(stamp, in);
    };
  }

  /** Writes a fix without its topic, shorter than {@link #write}: for those on their way. */
  public static void writePassing(Fix fix, DataOutput out) throws IOException {
    writeStamp(fix.stamp(), out);
    writeFix(fix, out);
  }

  /** Reads what {@link #writePassing} wrote. */
  public static Fix readPassing(DataInput in) throws IOException {
    return readFix(readStamp(in), in);
  }

  private static void writeFix(Fix fix, DataOutput out) throws IOException {
    boolean tellsHeading = !Double.isNaN(fix.headingDeg());
    out.writeByte(
        (fix.vehicle() ? VEHICLE : 0)
            | (fix.mock() ? MOCK : 0)
            | (tellsHeading ? HEADING : 0)
            | fix.datum().ordinal() << DATUM_SHIFT);
    writeString(fix.owner(), out);
    writeString(fix.deviceId(), out);
    out.writeDouble(fix.lat());
    out.writeDouble(fix.lon());
    out.writeDouble(fix.accuracyM());
    out.writeDouble(fix.speedKmh());
    if (tellsHeading) {
      out.writeDouble(fix.headingDeg());
    }
  }

  private static final int VEHICLE = 1;
  private static final int MOCK = 2;
  private static final int HEADING = 4;
  private static final int DATUM_SHIFT = 3;
  private static final Fix.Datum[] DATUMS = Fix.Datum.values();

  private static Fix readFix(Stamp stamp, DataInput in) throws IOException {
    int bits = in.readByte();
    return new Fix(
        stamp,
        (bits & VEHICLE) != 0,
        readString(in),
        readString(in),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        (bits & HEADING) != 0 ? in.readDouble() : Double.NaN,
        (bits & MOCK) != 0,
        DATUMS[bits >> DATUM_SHIFT]);
  }

  private static void writeOrder(OrderEvent order, DataOutput out) throws IOException {
    out.writeByte(order.type().ordinal());
    writeStrings(out, order.orderId(), order.driverId(), order.plate(), order.reason());
    writeEnum(order.vehicleClass(), out);
    writeEnum(order.cancelledBy(), out);
    out.writeLong(order.chargedCents());
    Booking booking = order.booking();
    out.writeBoolean(booking != null);
    if (booking == null) {
      return;
    }
    out.writeByte(booking.scenario().ordinal());
    writeStrings(out, booking.city(), booking.passengerId(), booking.passengerDeviceId());
    out.writeLong(booking.pickupAt());
    out.writeDouble(booking.pickup().lat());
    out.writeDouble(booking.pickup().lon());
    out.writeDouble(booking.dropoff().lat());
    out.writeDouble(booking.dropoff().lon());
    out.writeDouble(booking.estimatedMeters());
    out.writeDouble(booking.estimatedSeconds());
    out.writeByte(booking.orderedClass().ordinal());
    out.writeLong(booking.fixedPriceCents());
    out.writeLong(booking.couponCents());
    out.writeBoolean(booking.flight() != null);
    if (booking.flight() != null) {
      writeFlightKey(booking.flight(), out);
    }
  }

  private static OrderEvent readOrder(Stamp stamp, DataInput in) throws IOException {
    OrderEvent.Type type = OrderEvent.Type.values()[in.readByte()];
    String orderId = readString(in);
    String driverId = readString(in);
    String plate = readString(in);
    String reason = readString(in);
    VehicleClass vehicleClass = readEnum(VehicleClass.values(), in);
    OrderEvent.CancelledBy cancelledBy = readEnum(OrderEvent.CancelledBy.values(), in);
    long chargedCents = in.readLong();
    Booking booking = in.readBoolean() ? readBooking(in) : null;
    return new OrderEvent(
        stamp,
        type,
        orderId,
        booking,
        driverId,
        plate,
        vehicleClass,
        cancelledBy,
        reason,
        chargedCents);
  }

  private static Booking readBooking(DataInput in) throws IOException {
    return new Booking(
        Scenario.values()[in.readByte()],
        readString(in),
        readString(in),
        readString(in),
        in.readLong(),
        new Place(in.readDouble(), in.readDouble()),
        new Place(in.readDouble(), in.readDouble()),
        in.readDouble(),
        in.readDouble(),
        VehicleClass.values()[in.readByte()],
        in.readLong(),
        in.readLong(),
        in.readBoolean() ? readFlightKey(in) : null);
  }

  private static Login readLogin(Stamp stamp, DataInput in) throws IOException {
    String driverId = readString(in);
    String deviceId = readString(in);
    String appVersion = readString(in);
    String ip = readString(in);
    return new Login(
        stamp, driverId, deviceId, Login.Action.values()[in.readByte()], appVersion, ip);
  }

  private static FleetRecord readFleet(Stamp stamp, DataInput in) throws IOException {
    String driverId = readString(in);
    String plate = readString(in);
    String vehicleDeviceId = readString(in);
    String city = readString(in);
    VehicleClass vehicleClass = VehicleClass.values()[in.readByte()];
    return new FleetRecord(
        stamp, driverId, readList(in), plate, vehicleClass, vehicleDeviceId, city);
  }

  private static Complaint readComplaint(Stamp stamp, DataInput in) throws IOException {
    String complaintId = readString(in);
    String orderId = readString(in);
    String driverId = readString(in);
    String passengerId = readString(in);
    String category = readString(in);
    Complaint.Type type = Complaint.Type.values()[in.readByte()];
    return new Complaint(stamp, complaintId, orderId, driverId, passengerId, type, category);
  }

  private static HumanVerdict readVerdict(Stamp stamp, DataInput in) throws IOException {
    String subjectId = readString(in);
    String driverId = readString(in);
    String decidedBy = readString(in);
    String note = readString(in);
    HumanVerdict.Subject subject = HumanVerdict.Subject.values()[in.readByte()];
    HumanVerdict.Decision decision = HumanVerdict.Decision.values()[in.readByte()];
    return new HumanVerdict(stamp, subject, subjectId, driverId, decision, decidedBy, note);
  }

  private static RulesRecord readRules(Stamp stamp, DataInput in) throws IOException {
    String version = readString(in);
    String settingsJson = readString(in);
    return new RulesRecord(stamp, version, in.readLong(), settingsJson);
  }

  private static void writeUndo(Undo undo, DataOutput out) throws IOException {
    writeStrings(out, undo.undoId(), undo.version(), undo.ruleId(), undo.decidedBy(), undo.note());
    out.writeLong(undo.from());
    out.writeLong(undo.until());
    out.writeByte(undo.state().ordinal());
  }

  private static Undo readUndo(Stamp stamp, DataInput in) throws IOException {
    String undoId = readString(in);
    String version = readString(in);
    String ruleId = readString(in);
    String decidedBy = readString(in);
    String note = readString(in);
    long from = in.readLong();
    long until = in.readLong();
    Undo.State state = Undo.State.values()[in.readByte()];
    return new Undo(stamp, undoId, version, ruleId, from, until, state, decidedBy, note);
  }

  private static void writeStamp(Stamp stamp, DataOutput out) throws IOException {
    out.writeLong(stamp.eventTime());
    out.writeLong(stamp.receivedAt());
    writeString(stamp.eventId(), out);
    writeString(stamp.canonical(), out);
  }

  private static Stamp readStamp(DataInput in) throws IOException {
    return new Stamp(in.readLong(), in.readLong(), readString(in), shared(readString(in)));
  }

  /** The two words that nearly all events have are kept once, not by each of them. */
  private static String shared(String canonical) {
    if (Stamp.PLAIN.equals(canonical)) {
      return Stamp.PLAIN;
    }
    return Stamp.SPELT.equals(canonical) ? Stamp.SPELT : canonical;
  }

  /** Writes what names a flight. */
  public static void writeFlightKey(FlightKey flight, DataOutput out) throws IOException {
    writeStrings(out, flight.flightNo(), flight.serviceDate(), flight.arrivesAt());
  }

  /** Reads what names a flight. */
  public static FlightKey readFlightKey(DataInput in) throws IOException {
    return new FlightKey(readString(in), readString(in), readString(in));
  }

  private static void writeStrings(DataOutput out, String... texts) throws IOException {
    for (String text : texts) {
      writeString(text, out);
    }
  }

  /** Writes a string or null. */
  public static void writeString(String text, DataOutput out) throws IOException {
    if (out instanceof ShortOutput brief) {
      brief.writeText(text);
      return;
    }
    if (text == null) {
      out.writeShort(-1);
      return;
    }
    int length = text.length();
    if (length <= SHORT_STRING && isAscii(text)) {
      out.writeShort(length);
      writeAscii(text, out);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(LONG_STRING);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  /** One call that copies, instead of one for each character: this is where most time went. */
  @SuppressWarnings("deprecation")
  private static void writeAscii(String text, DataOutput out) throws IOException {
    byte[] ascii = new byte[text.length()];
    text.getBytes(0, ascii.length, ascii, 0);
    out.write(ascii);
  }

  private static final int SHORT_STRING = 255;
  private static final int LONG_STRING = -2;

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Reads a string or null. */
  public static String readString(DataInput in) throws IOException {
    if (in instanceof ShortInput brief) {
      return brief.readText();
    }
    int length = in.readShort();
    if (length == -1) {
      return null;
    }
    if (length == LONG_STRING) {
      byte[] utf8 = new byte[in.readInt()];
      in.readFully(utf8);
      return new String(utf8, StandardCharsets.UTF_8);
    }
    byte[] ascii = new byte[length];
    in.readFully(ascii);
    return new String(ascii, StandardCharsets.ISO_8859_1);
  }

  private static void writeList(List<String> texts, DataOutput out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeString(text, out);
    }
  }

  private static List<String> readList(DataInput in) throws IOException {
    int size = in.readInt();
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(readString(in));
    }
    return List.copyOf(texts);
  }

  private static void writeEnum(Enum<?> value, DataOutput out) throws IOException {
    out.writeByte(value == null ? -1 : value.ordinal());
  }

  private static <E> E readEnum(E[] values, DataInput in) throws IOException {
    int ordinal = in.readByte();
    return ordinal < 0 ? null : values[ordinal];
  }
}
