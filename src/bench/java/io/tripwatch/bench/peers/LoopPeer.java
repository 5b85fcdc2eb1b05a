package io.tripwatch.bench.peers;

import io.tripwatch.bench.Checked;
import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.Measured;
import io.tripwatch.bench.Setting;
import io.tripwatch.bench.Span;
import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Event;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** The three rules in a plain loop, in one thread whatever the parallelism. */
public final class LoopPeer implements Checked {
  private static final int RECORDS_PER_COUNT = 256;

  @Override
  public String name() {
    return "plain-loop";
  }

  @Override
  public String title() {
    return "three rules, a plain loop over a map, one thread";
  }

  @Override
  public Measured run(Setting setting) throws InterruptedException {
    Running running = new Running(setting.fleet());
    Thread thread = new Thread(running, "plain loop");
    thread.start();
    try {
      running.begun.await();
      Measured measured = Span.of(running.read::get, setting.warmUp(), setting.measured());
      if (!thread.isAlive()) {
        throw new IllegalStateException("the loop failed before it was measured");
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
    PlainLoop loop = new PlainLoop(found::add);
    EventDecoder decoder = new EventDecoder();
    Fleet fleet = new Fleet(plan);
    for (fleet.advance(); fleet.time() <= untilMs; fleet.advance()) {
      loop.take(decoder.decode(fleet.topic(), fleet.value()).event());
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
      PlainLoop loop = new PlainLoop(alert -> alerts++);
      EventDecoder decoder = new EventDecoder();
      while (!stopped) {
        for (int i = 0; i < RECORDS_PER_COUNT; i++) {
          fleet.advance();
          Event event = decoder.decode(fleet.topic(), fleet.value()).event();
          loop.take(event);
        }
        read.lazySet(read.get() + RECORDS_PER_COUNT);
        if (!fleet.isPrelude()) {
          begun.countDown();
        }
      }
    }
  }
}
