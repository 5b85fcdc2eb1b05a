package io.tripwatch.cli;

import java.io.IOException;

/** A thread that is told to stop and waited for, and whose failure is not lost. */
final class Worker implements AutoCloseable {
  private final Thread thread;
  private final Runnable stop;
  private volatile Throwable failure;

  private Worker(String name, Runnable work, Runnable stop) {
    this.stop = stop;
    thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((any, thrown) -> failure = thrown);
  }

  static Worker start(String name, Runnable work, Runnable stop) {
    Worker worker = new Worker(name, work, stop);
    worker.thread.start();
    return worker;
  }

  /** Whether its work is done, or has failed. */
  boolean isDone() {
    return !thread.isAlive();
  }

  /** Throws what its work has thrown, if it has. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw new IOException(thread.getName() + " failed: " + failure.getMessage(), failure);
    }
  }

  /** Stops it and waits until it has stopped. */
  @Override
  public void close() throws IOException {
    stop.run();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    rethrow();
  }
}
