package io.tripwatch.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A wait without a limit of time, for a machine may be slow: it ends when what is waited for comes,
 * or when its condition throws because it can no longer come. Says what it waits for once that
 * takes a moment, and then now and then.
 */
public final class Wait {
  private static final Duration FIRST_TOLD_AFTER = Duration.ofSeconds(2);
  private static final Duration TOLD_EVERY = Duration.ofSeconds(20);
  private static final long POLL_MS = 200;

  private final String what;
  private final Consumer<String> tell;
  private final long beganNs = System.nanoTime();
  private long tellAtNs = beganNs + FIRST_TOLD_AFTER.toNanos();

  /** Something that comes true in a while, or throws if it cannot any more. */
  public interface Condition {
    boolean holds() throws IOException;
  }

  private Wait(String what, Consumer<String> tell) {
    this.what = what;
    this.tell = tell;
  }

  /**
   * Returns when the condition holds.
   *
   * @param what is waited for, e.g. "the broker to serve"
   * @param tell who is told of it, line by line
   * @throws IOException what the condition throws
   */
  public static void until(String what, Consumer<String> tell, Condition condition)
      throws IOException {
    Wait wait = new Wait(what, tell);
    while (!condition.holds()) {
      wait.tellWhenDue();
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + what, e);
      }
    }
  }

  /**
   * Returns when the answer is there, with it.
   *
   * @throws ExecutionException if it comes to nothing
   */
  static <T> T answer(String what, Consumer<String> tell, CompletableFuture<T> answer)
      throws ExecutionException, InterruptedException {
    Wait wait = new Wait(what, tell);
    while (true) {
      try {
        return answer.get(POLL_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        wait.tellWhenDue();
      }
    }
  }

  private void tellWhenDue() {
    long now = System.nanoTime();
    if (now - tellAtNs >= 0) {
      tellAtNs = now + TOLD_EVERY.toNanos();
      tell.accept(
          "waiting for %s ... (%d s)"
              .formatted(what, TimeUnit.NANOSECONDS.toSeconds(now - beganNs)));
    }
  }
}
