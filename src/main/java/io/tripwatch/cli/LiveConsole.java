package io.tripwatch.cli;

import io.tripwatch.simulate.Feeder;
import io.tripwatch.simulate.SimulatedClock;
import io.tripwatch.verdict.Alert;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Help.Ansi;

/** What people see of a city while it runs: each revision, now and then the state, a summary. */
final class LiveConsole {
  private static final Duration STATUS_EVERY = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final Ansi ansi;
  private final SimulatedClock clock;
  private final Feeder feeder;
  private final AlertBoard board = new AlertBoard();
  private final long beganNanos = System.nanoTime();
  private long toldNanos = beganNanos;
  private long toldSent;

  LiveConsole(PrintWriter out, Ansi ansi, SimulatedClock clock, Feeder feeder) {
    this.out = out;
    this.ansi = ansi;
    this.clock = clock;
    this.feeder = feeder;
  }

  /** Prints a revision; called by the thread that reads them. */
  void hear(Alert alert) {
    board.note(alert);
    out.println(AlertLine.of(alert, ansi));
    out.flush();
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }

  /** Prints how things stand, if it is time to. */
  void tellStatusWhenDue() {
    long nowNanos = System.nanoTime();
    if (nowNanos - toldNanos < STATUS_EVERY.toNanos()) {
      return;
    }
    long sent = feeder.sent();
    double recordsPerSecond = (sent - toldSent) * 1e9 / (nowNanos - toldNanos);
    toldNanos = nowNanos;
    toldSent = sent;
    out.println(
        ansi.string(
            String.format(
                "@|faint -- %s in the city: %,.0f records/s, %d alerts standing, %d retracted|@",
                AlertLine.time(clock.nowMs()),
                recordsPerSecond,
                board.standing(),
                board.revisions(Alert.Status.RETRACTED))));
    out.flush();
  }

  void summarize() {
    out.printf(
        "%n%d s, until %s in the city: %,d records in, these alerts out:%n%s",
        elapsed().toSeconds(), AlertLine.time(clock.nowMs()), feeder.sent(), board.table());
    out.flush();
  }
}
