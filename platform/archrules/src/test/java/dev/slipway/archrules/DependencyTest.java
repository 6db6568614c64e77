package dev.slipway.archrules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** Who may use whom. */
@AnalyzeClasses(packages = {"dev.slipway", "com.example.greeting"})
class DependencyTest {
  private static final String OURS = "dev.slipway..";
  private static final String API = "dev.slipway.api..";
  private static final String DATA = "dev.slipway.data..";
  private static final String WIRE = "dev.slipway.proto..";
  private static final String COMPOSE = "dev.slipway.compose..";
  private static final String[] FEATURES =
      Tree.FEATURES.stream().map(name -> "dev.slipway." + name + "..").toArray(String[]::new);
  private static final String[] FEATURE_ROOTS =
      Tree.FEATURES.stream().map(name -> "dev.slipway." + name).toArray(String[]::new);
  private static final String[] PARTS =
      Tree.PARTS.stream().map(name -> "dev.slipway." + name + "..").toArray(String[]::new);

  @ArchTest
  static final ArchRule THE_API_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage(API)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              API, "java..", "org.jspecify..", "org.osgi.annotation..", "jakarta.ws.rs..");

  @ArchTest
  static final ArchRule DATA_ADDS_ONLY_MYBATIS =
      classes()
          .that()
          .resideInAPackage(DATA)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              API,
              DATA,
              "java..",
              "org.jspecify..",
              "org.osgi.annotation..",
              "org.apache.ibatis..");

  /** The baseline judges an addition by it. */
  @ArchTest
  static final ArchRule API_TYPES_SAY_WHO_IMPLEMENTS_THEM =
      classes()
          .that(
              resideInAnyPackage(API, DATA)
                  .and(HasModifiers.Predicates.modifier(JavaModifier.PUBLIC))
                  .and(JavaClass.Predicates.TOP_LEVEL_CLASSES.or(JavaClass.Predicates.INTERFACES)))
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .beAnnotatedWith(ProviderType.class)
          .orShould()
          .beAnnotatedWith(ConsumerType.class);

  @ArchTest
  static final ArchRule PLUGINS_USE_THE_API_ONLY =
      noClasses()
          .that()
          .resideInAPackage("com.example..")
          .should()
          .dependOnClassesThat(resideInAPackage(OURS).and(not(resideInAnyPackage(API, DATA))));

  @ArchTest
  static final ArchRule FEATURES_USE_NO_PART_OF_THE_PLATFORM =
      noClasses()
          .that()
          .resideInAnyPackage(FEATURES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PARTS);

  @ArchTest
  static void featuresUseOfOthersOnlyTheRootPackage(JavaClasses all) {
    for (var feature : FEATURE_ROOTS) {
      classes()
          .that()
          .resideInAPackage(feature + "..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage(OURS))
                  .or(resideInAnyPackage(API, DATA, WIRE, feature + ".."))
                  .or(resideInAnyPackage(FEATURE_ROOTS)))
          .check(all);
    }
  }

  @ArchTest
  static final ArchRule FEATURES_ARE_ACYCLIC =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public String getDescription() {
                  return "features";
                }

                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  return Tree.FEATURES.stream()
                      .filter(name -> (type.getPackageName() + ".").startsWith(root(name)))
                      .findFirst()
                      .map(SliceIdentifier::of)
                      .orElseGet(SliceIdentifier::ignore);
                }

                private String root(String feature) {
                  return "dev.slipway." + feature + ".";
                }
              })
          .should()
          .beFreeOfCycles();

  /** Inside of a feature as well: who reads one package needs to know only those below it. */
  @ArchTest
  static final ArchRule PACKAGES_OF_A_FEATURE_ARE_ACYCLIC =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public String getDescription() {
                  return "packages of features";
                }

                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  var name = type.getPackageName();
                  return Tree.FEATURES.stream()
                          .anyMatch(feature -> name.startsWith("dev.slipway." + feature + "."))
                      ? SliceIdentifier.of(name)
                      : SliceIdentifier.ignore();
                }
              })
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_PLATFORM_KNOWS_NO_FEATURE =
      noClasses()
          .that()
          .resideInAnyPackage(PARTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FEATURES);

  /**
   * Programs of their own; an agent or a client may be of another version than the platform. How a
   * Compose file reads is a format, as the wire is one.
   */
  @ArchTest
  static final ArchRule AGENT_AND_CLIENT_SHARE_ONLY_THE_WIRE =
      noClasses()
          .that()
          .resideInAnyPackage("dev.slipway.agent..", "dev.slipway.cli..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(OURS)
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.slipway.agent..", "dev.slipway.cli..", WIRE, COMPOSE))));
}
