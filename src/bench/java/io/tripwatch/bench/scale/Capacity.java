package io.tripwatch.bench.scale;

import static io.tripwatch.bench.scale.Tables.number;
import static io.tripwatch.bench.scale.Tables.row;

import io.tripwatch.bench.Fleet;

/**
 * What a large fleet takes, worked out from what a small one took.
 *
 * @param drivers online at the peak
 * @param onTrip which part of them is on a trip then
 */
record Capacity(int drivers, double onTrip, Measurements measured) {
  /** Half of each machine stays free: for peaks, for catching up, for one that is lost. */
  private static final double BUSY = 0.5;

  /** The files of drivers take so much of the heap at most. */
  private static final double FILES_OF_HEAP = 0.5;

  private static final int MACHINE_CORES = 16;

  /** Of 64 GB: the rest is the system's, its cache of files, and Flink's own. */
  private static final double MACHINE_GB = 52;

  private static final double ROCKSDB_GB_PER_SLOT = 0.72;
  private static final double PARTITION_MB_PER_S = 5;

  /** To be set for such a fleet: writing all drivers takes a checkpoint of seconds. */
  private static final double INTERVAL_S = 60;

  private static final double NOTICE_S = 15;
  private static final double RETENTION_DAYS = 7;
  private static final double MEAN_OF_PEAK = 0.5;
  private static final int REPLICAS = 3;
  private static final double TRIPS_A_DAY = 10;
  private static final double ORDERS_KEPT_DAYS = 4;
  private static final double CLAIMS_KEPT_DAYS = 35;
  private static final double OFFLINE_BYTES = 400;
  private static final double REGISTERED_PER_ONLINE = 3;
  private static final double S_PER_DAY = 86_400;
  private static final double GB = 1e9;
  private static final double MB = 1e6;
  private static final double TB = 1e12;

  /**
   * What it is worked out from.
   *
   * @param cpuNanos of a record, all cores together
   * @param slotRate records a second of one task of each stage, as fast as it goes
   * @param heapIdle bytes on the heap of a driver without a trip
   * @param heapTrip bytes more on the heap of one who is on a trip
   * @param storedIdle bytes of a savepoint
   * @param storedTrip bytes more of a savepoint
   * @param order bytes of a savepoint of an order in its own stage and its flight's
   * @param claims bytes of a savepoint of what an order claims
   * @param incremental bytes of an incremental checkpoint a driver
   * @param fixesSince how many fixes he sent since the one before
   * @param restartS from the start of a restored job to its first record
   */
  record Measurements(
      double cpuNanos,
      double slotRate,
      double heapIdle,
      double heapTrip,
      double storedIdle,
      double storedTrip,
      double order,
      double claims,
      double incremental,
      double fixesSince,
      double restartS,
      RecordBytes records) {}

  private double fixRate() {
    return drivers * 1_000.0 / Fleet.TICK_MS;
  }

  /** Records a second. */
  double rate() {
    return fixRate() / measured.records.fixes();
  }

  /** Cores, half of them idle. */
  double cores() {
    return rate() * measured.cpuNanos / 1e9 / BUSY;
  }

  /**
   * Tasks of each stage, half of the time idle, and one at least on each machine that the heap
   * takes; a power of two, so that all get as many keys.
   */
  double slots() {
    double byRate = Math.ceil(rate() / measured.slotRate / BUSY);
    int least = (int) Math.max(byRate, Math.ceil(heapBytes() / GB / MACHINE_GB));
    return least == 1 ? 1 : 2.0 * Integer.highestOneBit(least - 1);
  }

  /** Bytes of the files of all drivers, as the job counts them: no file less than its least. */
  double fileBytes() {
    return drivers * ((1 - onTrip) * idleFile() + onTrip * fileOnTrip());
  }

  private double idleFile() {
    return Math.max(ScaleTask.FILE_BYTES, measured.heapIdle);
  }

  private double fileOnTrip() {
    return Math.max(ScaleTask.FILE_BYTES, measured.heapIdle + measured.heapTrip);
  }

  /** Bytes of heap in all processes. */
  double heapBytes() {
    return fileBytes() / FILES_OF_HEAP;
  }

  double memoryGb() {
    return heapBytes() / GB + slots() * ROCKSDB_GB_PER_SLOT;
  }

  double machines() {
    return Math.max(Math.ceil(cores() / MACHINE_CORES), Math.ceil(memoryGb() / MACHINE_GB));
  }

  double storedBytes() {
    return drivers * measured.storedIdle
        + onTrip * drivers * measured.storedTrip
        + (REGISTERED_PER_ONLINE - 1) * drivers * OFFLINE_BYTES;
  }

  private double tripsADay() {
    return drivers * TRIPS_A_DAY;
  }

  double ordersBytes() {
    return tripsADay() * ORDERS_KEPT_DAYS * measured.order;
  }

  double claimsBytes() {
    return tripsADay() * CLAIMS_KEPT_DAYS * measured.claims;
  }

  double inBytesPerS() {
    return rate() * measured.records.each();
  }

  double partitions() {
    double byBytes = Math.ceil(inBytesPerS() / MB / PARTITION_MB_PER_S);
    double least = Math.max(byBytes, slots());
    return slots() * Math.ceil(least / slots());
  }

  private double behindS() {
    return INTERVAL_S + NOTICE_S + measured.restartS;
  }

  private double caughtUpS() {
    return behindS() * BUSY / (1 - BUSY);
  }

  /** A table: what, its arithmetic, and what comes of it. */
  String markdown() {
    StringBuilder text = new StringBuilder("| | arithmetic | |\n|---|---|---:|\n");
    load(text);
    compute(text);
    remember(text);
    store(text);
    comeBack(text);
    return text.toString();
  }

  private void load(StringBuilder text) {
    row(text, "fixes", number(drivers) + " drivers / 3 s", number(fixRate()) + " /s");
    row(
        text,
        "records",
        number(fixRate()) + " / " + "%.3f".formatted(measured.records.fixes()) + " that are fixes",
        number(rate()) + " /s");
  }

  private void compute(StringBuilder text) {
    row(
        text,
        "cores of the job",
        number(rate()) + " /s x " + number(measured.cpuNanos) + " ns / " + BUSY + " busy",
        number(cores()));
    row(
        text,
        "slots: tasks of each stage",
        number(rate())
            + " /s / "
            + number(measured.slotRate)
            + " /s of one / "
            + BUSY
            + " busy, at least one for "
            + number(MACHINE_GB)
            + " GB of heap",
        number(slots()) + " (a power of two up to 128)");
  }

  private void remember(StringBuilder text) {
    row(
        text,
        "files of drivers",
        number((1 - onTrip) * drivers)
            + " x "
            + number(idleFile())
            + " B + "
            + number(onTrip * drivers)
            + " on a trip x "
            + number(fileOnTrip())
            + " B",
        number(fileBytes() / GB) + " GB");
    row(
        text,
        "heap of all processes",
        number(fileBytes() / GB) + " GB / " + FILES_OF_HEAP,
        number(heapBytes() / GB) + " GB");
    row(
        text,
        "memory: heap and RocksDB",
        number(heapBytes() / GB)
            + " GB + "
            + number(slots())
            + " slots x "
            + ROCKSDB_GB_PER_SLOT
            + " GB",
        number(memoryGb()) + " GB");
    row(
        text,
        "machines of 16 cores, 64 GB",
        "the greater of "
            + number(cores())
            + " / 16 cores and "
            + number(memoryGb())
            + " / "
            + number(MACHINE_GB)
            + " GB",
        number(machines()) + ", and one to spare");
  }

  private void store(StringBuilder text) {
    row(
        text,
        "stored: drivers and their trips of the last hours",
        number(drivers)
            + " x "
            + number(measured.storedIdle)
            + " B + "
            + number(onTrip * drivers)
            + " trips x "
            + number(measured.storedTrip)
            + " B + "
            + number((REGISTERED_PER_ONLINE - 1) * drivers)
            + " offline x "
            + number(OFFLINE_BYTES)
            + " B",
        number(storedBytes() / GB) + " GB");
    row(
        text,
        "stored: orders of four days",
        number(tripsADay()) + " a day x 4 d x " + number(measured.order) + " B",
        number(ordersBytes() / GB) + " GB");
    row(
        text,
        "stored: what orders claim, 35 days",
        number(tripsADay()) + " a day x 35 d x " + number(measured.claims) + " B",
        number(claimsBytes() / GB) + " GB");
    row(
        text,
        "disk of a machine for RocksDB",
        "all that is stored, twice while files are merged, / " + number(machines()) + " machines",
        number(2 * (storedBytes() + ordersBytes() + claimsBytes()) / machines() / GB) + " GB");
    double incremental = drivers * measured.incremental;
    row(
        text,
        "a checkpoint, incremental",
        "%s x %s B, of drivers who sent %s fixes since the last; in %s s they send %s"
            .formatted(
                number(drivers),
                number(measured.incremental),
                number(measured.fixesSince),
                number(INTERVAL_S),
                number(INTERVAL_S * 1_000 / Fleet.TICK_MS)),
        number(incremental / GB) + " GB");
    row(
        text,
        "to the storage of checkpoints",
        number(incremental / GB) + " GB / " + number(INTERVAL_S) + " s between two, to be set",
        number(incremental / INTERVAL_S / MB) + " MB/s");
    row(
        text,
        "Kafka, in",
        number(rate()) + " /s x " + number(measured.records.each()) + " B, not compressed",
        number(inBytesPerS() / MB) + " MB/s");
    row(
        text,
        "partitions of trip.gps.v1",
        number(inBytesPerS() / MB)
            + " MB/s / "
            + number(PARTITION_MB_PER_S)
            + " MB/s, up to a multiple of "
            + number(slots())
            + " slots",
        number(partitions()));
    row(
        text,
        "between the job's machines",
        "each record goes to its driver's task: about what comes in",
        number(inBytesPerS() / MB) + " MB/s");
    row(
        text,
        "log of a week",
        number(inBytesPerS() / MB)
            + " MB/s x "
            + MEAN_OF_PEAK
            + " of the peak x 7 d x "
            + REPLICAS
            + " copies",
        number(inBytesPerS() * MEAN_OF_PEAK * RETENTION_DAYS * S_PER_DAY * REPLICAS / TB) + " TB");
  }

  private void comeBack(StringBuilder text) {
    row(
        text,
        "behind after a lost machine",
        "%s s since the checkpoint + %s s until it is noticed + %.1f s to start"
            .formatted(number(INTERVAL_S), number(NOTICE_S), measured.restartS),
        number(behindS()) + " s");
    row(
        text,
        "caught up after that",
        "%s s x %.1f busy / (1 - %.1f)".formatted(number(behindS()), BUSY, BUSY),
        number(caughtUpS()) + " s");
  }
}
