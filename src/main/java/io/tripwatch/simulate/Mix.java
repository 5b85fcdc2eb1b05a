package io.tripwatch.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How often each behaviour occurs.
 *
 * <p>Behaviours are dealt from a shuffled deck, not thrown, so that each with a share of 0.5 % or
 * more occurs in any {@value #DECK_SIZE} trips.
 */
public final class Mix {
  static final int DECK_SIZE = 200;

  private static final String WHAT = "--breaches";

  private final Map<Behaviour, Double> shares;

  private Mix(Map<Behaviour, Double> shares) {
    this.shares = shares;
  }

  /** Mostly good service, with a little of everything. */
  public static Mix ofDefaults() {
    Map<Behaviour, Double> shares = new EnumMap<>(Behaviour.class);
    for (Behaviour behaviour : Behaviour.values()) {
      shares.put(behaviour, behaviour.defaultShare());
    }
    return new Mix(shares);
  }

  /**
   * Reads a spec such as {@code no-show=0.2,late-at-pickup=0}, on top of the defaults; with {@code
   * none} first, on top of nothing but good service.
   */
  public static Mix parse(String spec) {
    Map<Behaviour, Double> shares = new EnumMap<>(ofDefaults().shares);
    String rest = spec;
    if (rest.equals("none") || rest.startsWith("none,")) {
      shares.replaceAll((behaviour, share) -> 0.0);
      rest = rest.substring(Math.min(rest.length(), "none,".length()));
    }
    Grammar.parse(WHAT, rest)
        .forEach((id, value) -> shares.put(named(id), Grammar.share(WHAT, id, value)));
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 1) {
      throw new IllegalArgumentException(
          WHAT + ": the shares sum to " + sum + "; they may sum to 1, the rest is good service");
    }
    return new Mix(shares);
  }

  private static Behaviour named(String id) {
    return Behaviour.ofId(id)
        .filter(behaviour -> behaviour != Behaviour.GOOD)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    WHAT + ": there is no breach " + id + "; there are " + Behaviour.ids()));
  }

  /** The behaviours of the trips from {@code number × DECK_SIZE} on. */
  List<Behaviour> deck(long number, Random random) {
    List<Behaviour> deck = new ArrayList<>(DECK_SIZE);
    shares.forEach(
        (behaviour, share) -> {
          // Differences of rounded totals: over many decks the share comes out exactly.
          long count =
              Math.round(share * DECK_SIZE * (number + 1)) - Math.round(share * DECK_SIZE * number);
          deck.addAll(Collections.nCopies((int) count, behaviour));
        });
    while (deck.size() < DECK_SIZE) {
      deck.add(Behaviour.GOOD);
    }
    Collections.shuffle(deck, random);
    // Rounding up many small shares can overfill a deck by a few.
    return deck.subList(0, DECK_SIZE);
  }
}
