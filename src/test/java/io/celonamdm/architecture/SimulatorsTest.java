package io.celonamdm.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A simulator that shared the product's code would share its misunderstandings of a vendor. */
@AnalyzeClasses(packages = "io.celonamdm.simulator", importOptions = OnlyIncludeTests.class)
class SimulatorsTest {
    @ArchTest
    static final ArchRule simulatorsKnowNothingOfTheProduct = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.celonamdm..").and(resideOutsideOfPackage("io.celonamdm.simulator..")));
}
