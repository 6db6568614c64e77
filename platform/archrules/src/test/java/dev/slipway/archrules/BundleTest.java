package dev.slipway.archrules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.slipway.api.ErrorCode;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Stream;

/** How a bundle is built inside. */
@AnalyzeClasses(packages = {"dev.slipway", "com.example.greeting"})
class BundleTest {
  private static final String[] BUNDLES =
      Stream.concat(
              Tree.FEATURES.stream().map(name -> "dev.slipway." + name + ".."),
              Stream.of("com.example.."))
          .toArray(String[]::new);

  /** Git over HTTP, sign-in by redirects and the like have statuses that no payload can say. */
  private static final Set<String> FOREIGN_PROTOCOLS =
      Set.of(
          "dev.slipway.deployments.resource.push.GitResource",
          "dev.slipway.fleet.resource.agent.AgentCredentialResource",
          "dev.slipway.accounts.resource.OidcResource",
          "dev.slipway.billing.resource.TransactionResource");

  /** Codes that clients of the API knew before there was a pattern. */
  private static final Set<String> FIXED_CODES = Set.of("USER_LIMIT_REACHED");

  private static final DescribedPredicate<JavaClass> RESOURCE =
      DescribedPredicate.describe(
          "resources", type -> type.getMethods().stream().anyMatch(BundleTest::isOperation));

  private static boolean isOperation(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(mark -> mark.getRawType().isAnnotatedWith(HttpMethod.class));
  }

  @ArchTest
  static final ArchRule RESOURCES_KNOW_NO_STORE =
      noClasses()
          .that()
          .resideInAPackage("..resource..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(".*(Store|Mapper)")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.slipway.data..", "org.apache.ibatis..");

  /** They return values; refusals are error codes. */
  @ArchTest
  static final ArchRule RESOURCES_PICK_NO_STATUS =
      noClasses()
          .that(RESOURCE)
          .and()
          .resideInAnyPackage(BUNDLES)
          .and(
              DescribedPredicate.describe(
                  "speak no foreign protocol", type -> !FOREIGN_PROTOCOLS.contains(type.getName())))
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Response.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(WebApplicationException.class);

  @ArchTest
  static final ArchRule ONLY_STORES_SEE_MYBATIS =
      noClasses()
          .that()
          .resideInAnyPackage(BUNDLES)
          .and()
          .resideOutsideOfPackage("..store..")
          .and()
          .haveSimpleNameNotEndingWith("Store")
          .and()
          .haveSimpleNameNotEndingWith("Mapper")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.ibatis..");

  @ArchTest
  static void everyOperationIsNamedOnceOrPublicWithAReason(JavaClasses all) {
    var names = new ArrayList<String>();
    for (var type : all.that(RESOURCE)) {
      for (var method : type.getMethods()) {
        if (isOperation(method)) {
          var op = method.tryGetAnnotationOfType(Op.class);
          var open = method.tryGetAnnotationOfType(PublicOp.class);
          assertThat(op.isPresent() || open.isPresent()).as(method.getFullName()).isTrue();
          op.ifPresent(mark -> names.add(mark.value()));
          open.ifPresent(mark -> names.add(mark.value()));
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(40).doesNotHaveDuplicates();
  }

  @ArchTest
  static final ArchRule RESOURCES_HAVE_TEN_OPERATIONS_AT_MOST =
      classes()
          .that(RESOURCE)
          .should(
              new ArchCondition<>("have ten operations at most") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  var count = type.getMethods().stream().filter(BundleTest::isOperation).count();
                  events.add(
                      new SimpleConditionEvent(
                          type, count <= 10, type.getName() + " has " + count));
                }
              });

  /** A record's components are data; a class that needs more than six others does two jobs. */
  @ArchTest
  static final ArchRule CONSTRUCTORS_TAKE_SIX_PARAMETERS_AT_MOST =
      constructors()
          .that(
              DescribedPredicate.describe(
                  "belong to classes",
                  constructor ->
                      !constructor.getOwner().isRecord()
                          && !constructor.getOwner().isEnum()
                          && !constructor.getOwner().isAnonymousClass()
                          && !constructor.getOwner().getPackageName().contains(".proto.")))
          .should(
              new ArchCondition<>("take six parameters at most") {
                @Override
                public void check(JavaConstructor constructor, ConditionEvents events) {
                  var count = constructor.getRawParameterTypes().size();
                  events.add(
                      new SimpleConditionEvent(
                          constructor, count <= 6, constructor.getFullName() + " takes " + count));
                }
              });

  @ArchTest
  static final ArchRule NAMES_SAY_A_ROLE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.slipway.proto..")
          .should()
          .haveNameMatching(
              ".*[a-z](Utils?|Helper|Manager|Impl|Base|Common|Misc|Wrapper|Data|DTO|Dto)");

  @ArchTest
  static void errorCodesAreUnique(JavaClasses all) throws ClassNotFoundException {
    var codes = new ArrayList<String>();
    for (var type : all) {
      if (type.isEnum() && type.isAssignableTo(ErrorCode.class)) {
        for (var constant : Class.forName(type.getName()).getEnumConstants()) {
          codes.add(((ErrorCode) constant).code());
        }
      }
    }
    assertThat(codes)
        .hasSizeGreaterThan(40)
        .doesNotHaveDuplicates()
        .allMatch(code -> FIXED_CODES.contains(code) || code.matches("[a-z-]+(\\.[a-z-]+){1,2}"));
  }

  /** Every feature's refusals stand in one enum of its root package. */
  @ArchTest
  static final ArchRule ERRORS_STAND_IN_ROOT_PACKAGES =
      classes()
          .that()
          .resideInAnyPackage(BUNDLES)
          .and()
          .areAssignableTo(ErrorCode.class)
          .should()
          .resideInAnyPackage(
              Stream.concat(
                      Tree.FEATURES.stream().map(name -> "dev.slipway." + name),
                      Stream.of("com.example.greeting"))
                  .toArray(String[]::new));
}
