package io.tripwatch.verdict;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.ShortInput;
import io.tripwatch.event.ShortOutput;
import io.tripwatch.event.Wire;
import io.tripwatch.settings.Severity;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.DriverWire;
import io.tripwatch.trip.FeedbackLog;
import io.tripwatch.trip.FixStore;
import io.tripwatch.trip.ForeignPress;
import io.tripwatch.trip.Pairs;
import io.tripwatch.trip.Speeds;
import io.tripwatch.trip.TripSummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The binary form of a driver's file, all but the fixes. */
public final class DossierWire {
  /** Raised with every change of the form, of that of {@link ShortOutput}, too. */
  private static final int VERSION = 5;

  private static final int TEXT = 0;
  private static final int WHOLE = 1;
  private static final int FRACTION = 2;
  private static final int FLAG = 3;
  private static final int INSTANT = 4;
  private static final int LIST = 5;
  private static final int MAP = 6;

  private DossierWire() {}

  /** Writes a driver's file, all but the fixes and the archive. */
  public static void write(Dossier dossier, DataOutput target) throws IOException {
    target.writeByte(VERSION);
    ShortOutput out = new ShortOutput(target).knowing(List.of(dossier.driver().driverId()));
    out.writeLong(dossier.judgedAt());
    DriverWire.write(dossier.driver(), out);
    out.writeInt(dossier.files().size());
    for (OrderFile file : dossier.files().values()) {
      writeFile(file, out);
    }
    writeOwn(dossier.own(), out);
    dossier.pairs().write(out);
    out.writeInt(dossier.complaints().size());
    for (Map.Entry<String, String> complaint : dossier.complaints().entrySet()) {
      Wire.writeString(complaint.getKey(), out);
      Wire.writeString(complaint.getValue(), out);
    }
    out.writeInt(dossier.unmatched().size());
    for (Map.Entry<String, FeedbackLog> one : dossier.unmatched().entrySet()) {
      Wire.writeString(one.getKey(), out);
      one.getValue().write(out);
    }
  }

  /** Reads a driver's file, all but the fixes and the archive. */
  public static Dossier read(
      String driverId, Archive archive, Speeds speeds, FixStore store, DataInput source)
      throws IOException {
    checkVersion(driverId, source.readByte());
    ShortInput in = new ShortInput(source).knowing(List.of(driverId));
    long judgedAt = in.readLong();
    Driver driver = DriverWire.read(driverId, speeds, store, in);
    List<OrderFile> files = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      files.add(readFile(in));
    }
    DriverFile own = readOwn(in);
    Dossier dossier = new Dossier(driver, archive, own, Pairs.read(in));
    dossier.judgedAt(judgedAt);
    files.forEach(file -> dossier.filesToFill().put(file.orderId(), file));
    for (int left = in.readInt(); left > 0; left--) {
      dossier.complaintsToFill().put(Wire.readString(in), Wire.readString(in));
    }
    for (int left = in.readInt(); left > 0; left--) {
      dossier.unmatchedToFill().put(Wire.readString(in), FeedbackLog.read(in));
    }
    return dossier;
  }

  private static void checkVersion(String whose, int version) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "the state of "
              + whose
              + " has form "
              + version
              + "; this build reads form "
              + VERSION
              + ": restore with the build that wrote it");
    }
  }

  /** Writes an order's file for the archive. */
  public static void writeArchived(OrderFile file, DataOutput target) throws IOException {
    target.writeByte(VERSION);
    writeFile(file, new ShortOutput(target).knowing(List.of(file.orderId())));
  }

  /** Reads an order's file from the archive. */
  public static OrderFile readArchived(String orderId, DataInput in) throws IOException {
    checkVersion(orderId, in.readByte());
    return readFile(new ShortInput(in).knowing(List.of(orderId)));
  }

  private static void writeOwn(DriverFile own, DataOutput out) throws IOException {
    out.writeLong(own.wake());
    out.writeLong(own.settledUntil());
    writeContent(own.file(), out);
    own.account().write(out);
    writeHoldings(own.kept().values(), out);
  }

  private static DriverFile readOwn(DataInput in) throws IOException {
    DriverFile own = new DriverFile();
    own.wakeBy(in.readLong());
    own.settledUntil(in.readLong());
    readContent(own.file(), in);
    own.account().read(in);
    for (Holding holding : readHoldings(in)) {
      own.kept(holding);
    }
    return own;
  }

  private static void writeFile(OrderFile file, DataOutput out) throws IOException {
    Wire.writeString(file.orderId(), out);
    writeContent(file, out);
  }

  private static OrderFile readFile(DataInput in) throws IOException {
    OrderFile file = new OrderFile(Wire.readString(in));
    readContent(file, in);
    return file;
  }

  private static void writeContent(OrderFile file, DataOutput out) throws IOException {
    file.feedback().write(out);
    out.writeInt(file.said().size());
    for (Output output : file.said().values()) {
      writeOutput(output, out);
    }
    writeStrings(file.claimed().keySet(), out);
    writeStrings(file.notified(), out);
    writeFigures(file.toldPickups(), out);
    out.writeInt(file.trips().size());
    for (TripSummary trip : file.trips()) {
      writeTrip(trip, out);
    }
    writeHoldings(file.seen(), out);
    writeHoldings(file.ofDays(), out);
  }

  private static void readContent(OrderFile file, DataInput in) throws IOException {
    file.feedback(FeedbackLog.read(in));
    for (int left = in.readInt(); left > 0; left--) {
      file.wasSaid(readOutput(in));
    }
    for (String tripId : readStrings(in)) {
      // What it claimed is claimed anew: whoever heard it knows it.
      file.claimed(tripId, null);
    }
    readStrings(in).forEach(file::notified);
    readFigures(in).forEach(file::toldPickup);
    List<TripSummary> trips = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      trips.add(readTrip(in));
    }
    file.judged(trips, readHoldings(in), readHoldings(in));
  }

  private static void writeStrings(Collection<String> texts, DataOutput out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      Wire.writeString(text, out);
    }
  }

  private static List<String> readStrings(DataInput in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(Wire.readString(in));
    }
    return texts;
  }

  private static void writeHoldings(Collection<Holding> holdings, DataOutput out)
      throws IOException {
    out.writeInt(holdings.size());
    for (Holding holding : holdings) {
      writeAlert(holding.alert(), out);
      Wire.writeString(holding.tripId(), out);
      out.writeLong(holding.fineCents());
      out.writeLong(holding.points());
      out.writeBoolean(holding.review());
      out.writeLong(holding.settleAfterMs());
    }
  }

  private static List<Holding> readHoldings(DataInput in) throws IOException {
    List<Holding> holdings = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      holdings.add(
          new Holding(
              readAlert(in),
              Wire.readString(in),
              in.readLong(),
              in.readLong(),
              in.readBoolean(),
              in.readLong(),
              // Decided anew whenever it is asked.
              null));
    }
    return holdings;
  }

  /** Writes what is published. */
  public static void writeOutput(Output output, DataOutput out) throws IOException {
    out.writeByte(output.topic().ordinal());
    if (output instanceof Alert alert) {
      writeAlert(alert, out);
      return;
    }
    Statement statement = (Statement) output;
    Wire.writeString(statement.id(), out);
    out.writeInt(statement.epoch());
    out.writeInt(statement.revision());
    Wire.writeString(statement.status(), out);
    writeMap(statement.fields(), out);
  }

  /** Reads what is published. */
  public static Output readOutput(DataInput in) throws IOException {
    OutputTopic topic = OutputTopic.values()[in.readByte()];
    if (topic == OutputTopic.ALERTS) {
      return readAlert(in);
    }
    return new Statement(
        topic, Wire.readString(in), in.readInt(), in.readInt(), Wire.readString(in), readMap(in));
  }

  /** Writes what a trip claims. */
  public static void writeClaim(TripClaim claim, DataOutput out) throws IOException {
    Wire.writeString(claim.orderId(), out);
    Wire.writeString(claim.tripId(), out);
    out.writeBoolean(claim.trip() != null);
    if (claim.trip() != null) {
      writeTrip(claim.trip(), out);
    }
    out.writeLong(claim.noShowAt());
    out.writeLong(claim.overchargedAt());
    out.writeLong(claim.overchargeCents());
    out.writeLong(claim.upheldAt());
    Wire.writeString(claim.city(), out);
    Wire.writeString(claim.localDate(), out);
    writeFigures(claim.figures(), out);
  }

  /** Writes what is added to a day. */
  public static void writeDay(DayFigures day, DataOutput out) throws IOException {
    Wire.writeString(day.city(), out);
    Wire.writeString(day.localDate(), out);
    writeFigures(day.figures(), out);
  }

  /** Reads what is added to a day. */
  public static DayFigures readDay(DataInput in) throws IOException {
    return new DayFigures(Wire.readString(in), Wire.readString(in), readFigures(in));
  }

  private static void writeFigures(Map<String, Long> figures, DataOutput out) throws IOException {
    out.writeInt(figures.size());
    for (Map.Entry<String, Long> figure : figures.entrySet()) {
      Wire.writeString(figure.getKey(), out);
      out.writeLong(figure.getValue());
    }
  }

  /** Reads what a trip claims. */
  public static TripClaim readClaim(DataInput in) throws IOException {
    return new TripClaim(
        Wire.readString(in),
        Wire.readString(in),
        in.readBoolean() ? readTrip(in) : null,
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        Wire.readString(in),
        Wire.readString(in),
        readFigures(in));
  }

  private static Map<String, Long> readFigures(DataInput in) throws IOException {
    Map<String, Long> figures = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      figures.put(Wire.readString(in), in.readLong());
    }
    return figures;
  }

  private static void writeTrip(TripSummary trip, DataOutput out) throws IOException {
    for (String text :
        new String[] {
          trip.tripId(),
          trip.orderId(),
          trip.driverId(),
          trip.passengerId(),
          trip.openingScenario().name(),
          trip.openingCity(),
          trip.city(),
          trip.plate(),
          trip.ending().name(),
          trip.cancelledBy() == null ? null : trip.cancelledBy().name()
        }) {
      Wire.writeString(text, out);
    }
    for (long figure :
        new long[] {
          trip.openedAt(),
          trip.firstOnSite(),
          trip.start(),
          trip.endPress(),
          trip.end(),
          trip.presence(),
          trip.seenAt(),
          trip.pickupAt(),
          trip.pickupTime(),
          trip.delayMs(),
          trip.cancelledAt(),
          trip.pickupAtCancellation(),
          trip.fixedPriceCents(),
          trip.couponCents()
        }) {
      out.writeLong(figure);
    }
    out.writeDouble(trip.metres());
    out.writeInt(trip.contacts());
    out.writeBoolean(trip.calledOff());
    out.writeBoolean(trip.freeWaitOver());
    out.writeBoolean(trip.driversLast());
    out.writeBoolean(trip.ordersLast());
    out.writeInt(trip.foreignPresses().size());
    for (ForeignPress press : trip.foreignPresses()) {
      out.writeLong(press.at());
      out.writeByte(press.button().ordinal());
      Wire.writeString(press.driverId(), out);
      Wire.writeString(press.deviceId(), out);
      out.writeBoolean(press.isStranger());
      writeStrings(press.holders(), out);
    }
  }

  private static List<ForeignPress> readForeignPresses(DataInput in) throws IOException {
    List<ForeignPress> presses = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      presses.add(
          new ForeignPress(
              in.readLong(),
              Press.Button.values()[in.readByte()],
              Wire.readString(in),
              Wire.readString(in),
              in.readBoolean(),
              readStrings(in)));
    }
    return presses;
  }

  private static TripSummary readTrip(DataInput in) throws IOException {
    String[] texts = new String[10];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = Wire.readString(in);
    }
    long[] figures = new long[14];
    for (int i = 0; i < figures.length; i++) {
      figures[i] = in.readLong();
    }
    double metres = in.readDouble();
    int contacts = in.readInt();
    boolean calledOff = in.readBoolean();
    boolean freeWaitOver = in.readBoolean();
    boolean driversLast = in.readBoolean();
    boolean ordersLast = in.readBoolean();
    return new TripSummary(
        texts[0],
        texts[1],
        texts[2],
        texts[3],
        Scenario.valueOf(texts[4]),
        texts[5],
        texts[6],
        texts[7],
        figures[0],
        figures[1],
        figures[2],
        figures[3],
        figures[4],
        TripSummary.Ending.valueOf(texts[8]),
        figures[5],
        figures[6],
        figures[7],
        figures[8],
        figures[9],
        figures[10],
        texts[9] == null ? null : CancelledBy.valueOf(texts[9]),
        figures[11],
        calledOff,
        freeWaitOver,
        figures[12],
        figures[13],
        metres,
        contacts,
        driversLast,
        ordersLast,
        readForeignPresses(in));
  }

  /** Writes an alert. */
  public static void writeAlert(Alert alert, DataOutput out) throws IOException {
    Wire.writeString(alert.alertId(), out);
    out.writeInt(alert.epoch());
    out.writeInt(alert.revision());
    out.writeByte(alert.status().ordinal());
    Wire.writeString(alert.ruleId(), out);
    Wire.writeString(alert.ruleVersion(), out);
    Wire.writeString(alert.family(), out);
    out.writeByte(alert.severity().ordinal());
    out.writeByte(alert.confidence().ordinal());
    out.writeBoolean(alert.shadow());
    Wire.writeString(alert.orderId(), out);
    Wire.writeString(alert.driverId(), out);
    Wire.writeString(alert.passengerId(), out);
    Wire.writeString(alert.plate(), out);
    Wire.writeString(alert.city(), out);
    out.writeLong(alert.occurredAt());
    Wire.writeString(alert.message(), out);
    writeMap(alert.evidence(), out);
    out.writeByte(alert.cause() == null ? -1 : alert.cause().kind().ordinal());
    if (alert.cause() != null) {
      Wire.writeString(alert.cause().by(), out);
    }
  }

  /** Reads an alert. */
  public static Alert readAlert(DataInput in) throws IOException {
    return new Alert(
        Wire.readString(in),
        in.readInt(),
        in.readInt(),
        Alert.Status.values()[in.readByte()],
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        Severity.values()[in.readByte()],
        Alert.Confidence.values()[in.readByte()],
        in.readBoolean(),
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        in.readLong(),
        Wire.readString(in),
        readMap(in),
        readCause(in));
  }

  private static Cause readCause(DataInput in) throws IOException {
    int kind = in.readByte();
    return kind < 0 ? null : new Cause(Cause.Kind.values()[kind], Wire.readString(in));
  }

  private static void writeMap(Map<?, ?> map, DataOutput out) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Wire.writeString((String) entry.getKey(), out);
      writeValue(entry.getValue(), out);
    }
  }

  private static Map<String, Object> readMap(DataInput in) throws IOException {
    int size = in.readInt();
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(Wire.readString(in), readValue(in));
    }
    return map;
  }

  private static void writeValue(Object value, DataOutput out) throws IOException {
    if (value instanceof String text) {
      out.writeByte(TEXT);
      Wire.writeString(text, out);
    } else if (value instanceof Long whole) {
      out.writeByte(WHOLE);
      out.writeLong(whole);
    } else if (value instanceof Double fraction) {
      out.writeByte(FRACTION);
      out.writeDouble(fraction);
    } else if (value instanceof Boolean flag) {
      out.writeByte(FLAG);
      out.writeBoolean(flag);
    } else if (value instanceof Instant instant) {
      out.writeByte(INSTANT);
      out.writeLong(instant.toEpochMilli());
    } else if (value instanceof List<?> list) {
      out.writeByte(LIST);
      out.writeInt(list.size());
      for (Object element : list) {
        writeValue(element, out);
      }
    } else if (value instanceof Map<?, ?> map) {
      out.writeByte(MAP);
      writeMap(map, out);
    } else {
      throw new IllegalArgumentException("evidence cannot hold a " + value.getClass());
    }
  }

  private static Object readValue(DataInput in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case TEXT -> Wire.readString(in);
      case WHOLE -> in.readLong();
      case FRACTION -> in.readDouble();
      case FLAG -> in.readBoolean();
      case INSTANT -> Instant.ofEpochMilli(in.readLong());
      case LIST -> {
        List<Object> list = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
          list.add(readValue(in));
        }
        yield list;
      }
      case MAP -> readMap(in);
      default -> throw new IOException("no kind of evidence has the number " + kind);
    };
  }
}
