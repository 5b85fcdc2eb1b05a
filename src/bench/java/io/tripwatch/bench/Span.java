package io.tripwatch.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The measured span of a task: what the counters show at its end less what they showed before. */
public final class Span {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final LongSupplier records;
  private final long recordsBefore;
  private final long cpuBefore;
  private final long collectingBefore;
  private final long nanosBefore;

  private Span(LongSupplier records) {
    this.records = records;
    recordsBefore = records.getAsLong();
    cpuBefore = SYSTEM.getProcessCpuTime();
    collectingBefore = collectingMs();
    nanosBefore = System.nanoTime();
  }

  /** Begins now. */
  public static Span begin(LongSupplier records) {
    return new Span(records);
  }

  /** Waits for the warm-up, then for the measured span; what runs meanwhile runs elsewhere. */
  public static Measured of(LongSupplier records, Duration warmUp, Duration measured)
      throws InterruptedException {
    Thread.sleep(warmUp.toMillis());
    Span span = begin(records);
    Thread.sleep(measured.toMillis());
    return span.end();
  }

  /** Ends now. */
  public Measured end() {
    long nanos = System.nanoTime() - nanosBefore;
    long handedOn = records.getAsLong() - recordsBefore;
    long cpu = SYSTEM.getProcessCpuTime() - cpuBefore;
    Map<String, Double> extra = new LinkedHashMap<>();
    extra.put("collectingGarbageMs", (double) collectingMs() - collectingBefore);
    return new Measured(handedOn, nanos, cpu, extra);
  }

  private static long collectingMs() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
