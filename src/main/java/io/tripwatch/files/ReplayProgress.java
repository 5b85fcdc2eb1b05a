package io.tripwatch.files;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a replay has come, on stderr and only if that is a terminal: percent by bytes read,
 * events per second, time left.
 */
public final class ReplayProgress implements AutoCloseable {
  private static final int REFRESH_MS = 200;
  private static final long MIB = 1 << 20;

  private final ReplayCounters counters;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::show, "replay-progress");

  /** Shows nothing yet. */
  public ReplayProgress(ReplayCounters counters) {
    this.counters = counters;
    thread.setDaemon(true);
  }

  /** Begins to show, if there is anyone to see it. */
  public void begin() {
    if (stderrIsTerminal()) {
      thread.start();
    }
  }

  /** Asks the system: Java only knows whether stdin and stdout both are terminals. */
  static boolean stderrIsTerminal() {
    try {
      return new ProcessBuilder("test", "-t", "2").inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // No such program: a system whose terminals we do not know.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void show() {
    boolean ended = false;
    try (ProgressBar bar = bar("Ordering", counters.bytesToOrder())) {
      while (!ended && counters.bytesToReplay() == 0) {
        bar.maxHint(counters.bytesToOrder());
        bar.stepTo(counters.bytesOrdered());
        ended = waitForEnd();
      }
    }
    if (ended) {
      return;
    }
    try (ProgressBar bar = bar("Replaying", counters.bytesToReplay())) {
      do {
        double seconds = Math.max(counters.replaying().toNanos() / 1e9, 0.001);
        bar.setExtraMessage(
            String.format(Locale.ROOT, "%,.0f records/s", counters.read() / seconds));
        bar.stepTo(counters.bytesReplayed());
      } while (!waitForEnd());
    }
  }

  private static ProgressBar bar(String task, long bytes) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(bytes)
        .setUnit(" MiB", MIB)
        .setUpdateIntervalMillis(REFRESH_MS)
        .setStyle(ProgressBarStyle.ASCII)
        .clearDisplayOnFinish()
        .build();
  }

  private boolean waitForEnd() {
    try {
      return closed.await(REFRESH_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
