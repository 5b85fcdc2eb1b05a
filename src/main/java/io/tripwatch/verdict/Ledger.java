package io.tripwatch.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What was said: the last revision of everything published, by topic and id. What is published next
 * is the difference between what holds and that.
 */
public final class Ledger {
  /** Made when something is. */
  private Map<String, Output> said = Collections.emptyMap();

  /** The last revisions, by topic and id. */
  public Map<String, Output> said() {
    return said;
  }

  /** The same where nobody asks why something is taken back. */
  public void publishDifference(List<? extends Output> holds, Consumer<Output> publisher) {
    publishDifference(holds, gone -> null, publisher);
  }

  /**
   * Makes what holds now what was said, and hands on the difference.
   *
   * @param why tells why something that was said is taken back
   */
  void publishDifference(
      List<? extends Output> holds, Function<Output, Cause> why, Consumer<Output> publisher) {
    Map<String, Output> now = new TreeMap<>();
    holds.forEach(output -> now.put(key(output), output));
    for (Map.Entry<String, Output> one : now.entrySet()) {
      Output before = said.get(one.getKey());
      Output output = one.getValue();
      if (before == null || before.epoch() != output.epoch()) {
        say(output, publisher);
      } else if (before.isGone()) {
        say(output.revised(before.revision() + 1, Output.Change.SAID), publisher);
      } else if (!output.saysTheSameAs(before)) {
        say(output.revised(before.revision() + 1, Output.Change.CORRECTED), publisher);
      }
    }
    for (Output before : new ArrayList<>(said.values())) {
      if (!before.isGone() && !now.containsKey(key(before))) {
        say(before.takenBack(before.revision() + 1, why.apply(before)), publisher);
      }
    }
  }

  /** Something was said before. */
  public void wasSaid(Output output) {
    said = said.isEmpty() ? new TreeMap<>() : said;
    said.put(key(output), output);
  }

  /** Forgets what was said, without taking it back. */
  void forget(Output output) {
    said.remove(key(output));
  }

  private void say(Output output, Consumer<Output> publisher) {
    wasSaid(output);
    publisher.accept(output);
  }

  private static String key(Output output) {
    return output.topic().ordinal() + " " + output.id();
  }
}
