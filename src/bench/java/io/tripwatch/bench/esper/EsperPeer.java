package io.tripwatch.bench.esper;

import io.tripwatch.bench.Checked;
import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.Measured;
import io.tripwatch.bench.Setting;
import io.tripwatch.bench.Span;
import io.tripwatch.codec.EventDecoder;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** The three rules in Esper, in one thread whatever the parallelism. */
public final class EsperPeer implements Checked {
  private static final int RECORDS_PER_COUNT = 256;

  @Override
  public String name() {
    return "esper";
  }

  @Override
  public String title() {
    return "three rules, Esper, one thread";
  }

  @Override
  public Measured run(Setting setting) throws InterruptedException {
    Running running = new Running(setting.fleet());
    Thread thread = new Thread(running, name());
    thread.start();
    try {
      running.begun.await();
      Measured measured = Span.of(running.read::get, setting.warmUp(), setting.measured());
      if (!thread.isAlive()) {
        throw new IllegalStateException("Esper failed before it was measured");
      }
      return measured;
    } finally {
      running.stopped = true;
      thread.join();
    }
  }

  @Override
  public Set<String> found(Fleet.Plan plan, long untilMs) {
    Set<String> found = new TreeSet<>();
    EventDecoder decoder = new EventDecoder();
    Fleet fleet = new Fleet(plan);
    try (EsperRules rules = new EsperRules("checked", found::add)) {
      for (fleet.advance(); fleet.time() <= untilMs; fleet.advance()) {
        rules.hear(decoder.decode(fleet.topic(), fleet.value()).event());
      }
    }
    return found;
  }

  private static final class Running implements Runnable {
    private final AtomicLong read = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Fleet fleet;
    private volatile boolean stopped;
    private long alerts;

    Running(Fleet.Plan plan) {
      fleet = new Fleet(plan);
    }

    @Override
    public void run() {
      EventDecoder decoder = new EventDecoder();
      try (EsperRules rules = new EsperRules("measured", alert -> alerts++)) {
        while (!stopped) {
          for (int i = 0; i < RECORDS_PER_COUNT; i++) {
            fleet.advance();
            rules.hear(decoder.decode(fleet.topic(), fleet.value()).event());
          }
          read.lazySet(read.get() + RECORDS_PER_COUNT);
          if (!fleet.isPrelude()) {
            begun.countDown();
          }
        }
      } finally {
        begun.countDown();
      }
    }
  }
}
