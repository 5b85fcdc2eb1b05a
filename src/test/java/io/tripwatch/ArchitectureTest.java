package io.tripwatch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Who may know whom: event, geo ← settings ← trip ← rule ← verdict, and what the core must not. */
@AnalyzeClasses(packages = "io.tripwatch", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.tripwatch.";
  private static final String[] CORE = {
    ROOT + "event..",
    ROOT + "geo..",
    ROOT + "settings..",
    ROOT + "trip..",
    ROOT + "rule..",
    ROOT + "verdict.."
  };

  @ArchTest static final ArchRule eventKnowsNothing = knowsOnly("event");

  @ArchTest static final ArchRule geoKnowsNothing = knowsOnly("geo");

  @ArchTest static final ArchRule settingsKnowEvents = knowsOnly("settings", "event");

  @ArchTest
  static final ArchRule tripKnowsWhatIsBelow = knowsOnly("trip", "event", "geo", "settings");

  @ArchTest
  static final ArchRule ruleKnowsWhatIsBelow =
      knowsOnly("rule", "event", "geo", "settings", "trip");

  @ArchTest
  static final ArchRule verdictKnowsWhatIsBelow =
      knowsOnly("verdict", "event", "geo", "settings", "trip", "rule");

  @ArchTest
  static final ArchRule noRuleKnowsAnotherFamily =
      slices()
          .matching(ROOT + "rule.(*)..")
          .should()
          .notDependOnEachOther()
          .as("no rule of one family knows one of another");

  @ArchTest
  static final ArchRule codecAloneKnowsJackson =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + "codec.."))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml..", "org.yaml..");

  @ArchTest
  static final ArchRule speedAloneKnowsH3 =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + "speed.."))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.uber..");

  @ArchTest
  static final ArchRule nobodyKnowsTheCommandLine =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + "cli.."))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "cli..");

  @ArchTest
  static final ArchRule packagesAreNamedBySubject =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..utils..",
              "..common..",
              "..helper..",
              "..manager..",
              "..base..",
              "..impl..");

  @ArchTest
  static final ArchRule classesAreNamedByWhatTheyAre =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Common|Helper|Helpers|Manager|Base|Impl)(\\$.*)?");

  /** A cluster keeps slf4j 1.7, which has no fluent API. */
  @ArchTest
  static final ArchRule nobodyLogsFluently =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j.spi..", "org.slf4j.event..");

  @ArchTest
  static final ArchRule theCoreHasNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class)
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule theCoreDoesNotDependOnTheMachine =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .callMethod(ZoneId.class, "systemDefault")
          .orShould()
          .callMethod(java.util.Locale.class, "getDefault")
          .orShould()
          .callMethod(java.util.TimeZone.class, "getDefault")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class);

  @ArchTest
  static final ArchRule theCoreThrowsNoDice =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(ThreadLocalRandom.class, java.util.UUID.class)
          .orShould()
          .callMethod(Math.class, "random");

  /** The contract: the same to the last digit on every machine. */
  @ArchTest
  static final ArchRule theCoreCalculatesStrictly =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .callMethod(Math.class, "sin", double.class)
          .orShould()
          .callMethod(Math.class, "cos", double.class)
          .orShould()
          .callMethod(Math.class, "asin", double.class)
          .orShould()
          .callMethod(Math.class, "atan2", double.class, double.class)
          .orShould()
          .callMethod(Math.class, "sqrt", double.class);

  @ArchTest
  static final ArchRule theCoreHasNoMutableStatics =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(CORE)
          .should(beConstant());

  private static ArchRule knowsOnly(String name, String... below) {
    String[] allowed = new String[below.length + 2];
    allowed[0] = "java..";
    allowed[1] = ROOT + name + "..";
    for (int i = 0; i < below.length; i++) {
      allowed[i + 2] = ROOT + below[i] + "..";
    }
    return classes()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed));
  }

  /** Final and of a type whose values do not change; an array is one where nobody else sees it. */
  private static ArchCondition<JavaField> beConstant() {
    Set<String> mutable =
        Set.of(
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.EnumMap",
            "java.util.ArrayList",
            "java.util.HashSet",
            "java.util.TreeSet",
            "java.util.LinkedHashSet",
            "java.lang.StringBuilder");
    return new ArchCondition<>("be constant") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean isFinal = field.getModifiers().contains(JavaModifier.FINAL);
        boolean seenByOthers =
            field.getRawType().isArray()
                && !field.getModifiers().contains(JavaModifier.PRIVATE)
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
        String type = field.getRawType().getName();
        boolean changes =
            mutable.contains(type) || type.startsWith("java.util.concurrent.") || seenByOthers;
        String message = field.getFullName() + " of type " + type + " is not constant";
        events.add(new SimpleConditionEvent(field, isFinal && !changes, message));
      }
    };
  }
}
