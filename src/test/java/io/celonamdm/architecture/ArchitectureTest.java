package io.celonamdm.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import com.tngtech.archunit.library.GeneralCodingRules;
import jakarta.servlet.ServletRequest;
import java.beans.Introspector;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What may depend on what, and what no class of the product does. */
@AnalyzeClasses(packages = "io.celonamdm", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> SPEAK_TO_QUARTZ = DescribedPredicate.describe(
            "speak to Quartz",
            type -> type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(each -> each.getTargetClass().getPackageName().startsWith("org.quartz")));

    @ArchTest
    static final ArchRule valuesKnowOnlyEachOther = core("io.celonamdm.esim..");

    @ArchTest
    static final ArchRule textsAreTheJdksAlone = core("io.celonamdm.text..");

    @ArchTest
    static final ArchRule celonaKnowsOnlyValuesExcerptsAndJson =
            core("io.celonamdm.celona..", "io.celonamdm.esim..", "io.celonamdm.text", "io.celonamdm.json");

    @ArchTest
    static final ArchRule plansKnowOnlyValuesAndDevices =
            core("io.celonamdm.plan..", "io.celonamdm.esim..", "io.celonamdm.device");

    @ArchTest
    static final ArchRule devicesKnowOnlyValuesAndJson = core(
            "io.celonamdm.device..",
            "io.celonamdm.esim..",
            "io.celonamdm.text",
            "io.celonamdm.json",
            "org.springframework.web.util");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.celonamdm.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule topPackagesAreFreeOfCycles =
            slices().matching("io.celonamdm.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void eachPackageKnowsWhatItMayAndNoMore(JavaClasses product) {
        Map<String, Set<String>> known = new TreeMap<>();
        for (JavaClass type : product) {
            Set<String> others = known.computeIfAbsent(topPackage(type), each -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(each -> each.getTargetClass().getBaseComponentType())
                    .filter(each -> each.getPackageName().startsWith("io.celonamdm"))
                    .map(ArchitectureTest::topPackage)
                    .filter(each -> !each.equals(topPackage(type)))
                    .forEach(others::add);
        }
        Map<String, Set<String>> mayKnow = new TreeMap<>();
        Set<String> above = new HashSet<>();
        MayKnow.table().forEach((name, others) -> {
            assertThat(above)
                    .as("%s may know what is above it in the table", name)
                    .containsAll(others);
            above.add(name);
            mayKnow.put(name, new TreeSet<>(others));
        });

        assertThat(known)
                .as("what each package knows is in the table MayKnow, and nothing is that no package uses")
                .isEqualTo(mayKnow);
    }

    private static String topPackage(JavaClass type) {
        List<String> parts = List.of(type.getPackageName().split("\\.", -1));
        return parts.size() > 2 ? parts.get(2) : MayKnow.TOP;
    }

    @ArchTest
    static final ArchRule onlyTheLedgerSpeaksSql = only("io.celonamdm.ledger..")
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "java.sql..");

    @ArchTest
    static final ArchRule wordsOfTheLedgerMayBeUnknown = noClasses()
            .that()
            .resideInAPackage("io.celonamdm.ledger..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "an enum's valueOf is called",
                    call -> call.getTarget().getName().equals("valueOf")
                            && call.getTargetOwner().isAssignableTo(Enum.class)
                            && !call.getOriginOwner().isAssignableTo(Enum.class)))
            .because("a newer version may have written a word that this one does not know; Rows reads it");

    @ArchTest
    static final ArchRule onlyJsonAndHttpParse = only("io.celonamdm.json..", "io.celonamdm.http..")
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..", "tools.jackson..");

    @ArchTest
    static final ArchRule onlyOperationsAreEndpoints = only("io.celonamdm.operations..")
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot.actuate..", "org.springframework.boot.health..");

    @ArchTest
    static final ArchRule onlyQuartzIsToldDates = noClasses()
            .that(DescribedPredicate.not(SPEAK_TO_QUARTZ))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Date.class);

    @ArchTest
    static final ArchRule parametersOfARequestAreBound = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "parameters of a request are asked for",
                    call -> call.getTarget().getName().startsWith("getParameter")
                            && call.getTargetOwner().isAssignableTo(ServletRequest.class)))
            .because("looking for a parameter reads the body, also one that nobody may send");

    @ArchTest
    static final ArchRule constructorsInject = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.celonamdm.Time")
            .should()
            .accessTargetWhere(SystemTime.IS_READ)
            .because("a test owns the time through the injected Clock");

    @ArchTest
    static final ArchRule noThreadSleeps = noClasses()
            .should()
            .accessTargetWhere(SystemTime.PASSES)
            .because("all waiting is a due time in the ledger");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses product) {
        JavaPackage root = product.getPackage("io.celonamdm");
        List<JavaPackage> packages = new ArrayList<>(root.getSubpackagesInTree());
        packages.add(root);

        assertThat(packages)
                .filteredOn(each -> !each.getClasses().isEmpty())
                .hasSizeGreaterThan(5)
                .allMatch(each -> each.isAnnotatedWith(NullMarked.class), "is @NullMarked by its package-info");
    }

    @ArchTest
    static void eachPropertyHasOneReader(JavaClasses product) {
        for (JavaClass type : product) {
            assertThat(type.getMethods().stream()
                            .filter(method -> method.getRawParameterTypes().isEmpty())
                            .map(JavaMethod::getName)
                            .distinct()
                            .map(ArchitectureTest::property))
                    .as(
                            "%s: with x() and isX(), a route's ${….x} is ambiguous, in some processes and not in others",
                            type)
                    .doesNotHaveDuplicates();
        }
    }

    private static String property(String method) {
        return Introspector.decapitalize(method.replaceFirst("^(is|get)(?=[A-Z])", ""));
    }

    /** The domain core stands on the JDK alone; what it may be annotated with has no behaviour. */
    private static ArchRule core(String itself, String... others) {
        String[] jdk = {"java.lang..", "java.util..", "java.time..", "java.math..", "java.net..", "java.nio.charset.."};
        String[] annotations = {"com.fasterxml.jackson.annotation", "jakarta.validation..", "org.jspecify.."};
        String[] known = Stream.of(new String[] {itself}, others, jdk, annotations)
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(itself)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known);
    }

    private static ClassesShould only(String... packages) {
        return noClasses().that().resideOutsideOfPackages(packages).should();
    }
}
