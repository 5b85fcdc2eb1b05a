package io.tripwatch.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixTest {
  private static List<Behaviour> deck(String spec, long number) {
    return Mix.parse(spec).deck(number, new Random(1));
  }

  @Test
  void dealsEveryBehaviourInEveryDeckAndMostlyGoodService() {
    for (long number = 0; number < 5; number++) {
      List<Behaviour> deck = deck("", number);
      assertEquals(Mix.DECK_SIZE, deck.size());
      assertEquals(EnumSet.allOf(Behaviour.class), EnumSet.copyOf(deck));
      assertTrue(Collections.frequency(deck, Behaviour.GOOD) > Mix.DECK_SIZE / 2);
    }
  }

  @Test
  void dealsTheSharesItWasTold() {
    List<Behaviour> deck = deck("none,no-show=0.25", 0);
    assertEquals(50, Collections.frequency(deck, Behaviour.NO_SHOW));
    assertEquals(150, Collections.frequency(deck, Behaviour.GOOD));
  }

  @Test
  void dealsSharesSmallerThanACardOverManyDecks() {
    long found = 0;
    for (long number = 0; number < 10; number++) {
      found += Collections.frequency(deck("none,detour=0.001", number), Behaviour.DETOUR);
    }
    assertEquals(2, found);
  }

  @Test
  void saysWhatIsWrongWithASpec() {
    assertTrue(refusal("late=0.1").startsWith("--breaches: there is no breach late; there are "));
    assertTrue(refusal("good=0.1").startsWith("--breaches: there is no breach good; "));
    assertTrue(refusal("no-show=1").contains("they may sum to 1"));
  }

  private static String refusal(String spec) {
    return assertThrows(IllegalArgumentException.class, () -> Mix.parse(spec)).getMessage();
  }
}
