package io.celonamdm.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The product's Spring beans by name, found without starting it. */
record Beans(Map<String, JavaClass> byName) {
    static Beans ofTheProduct() {
        JavaClasses product = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.celonamdm");
        Map<String, JavaClass> beans = new TreeMap<>();
        for (JavaClass type : product) {
            if (type.isMetaAnnotatedWith(Component.class)) {
                beans.put(name(type), type);
            }
            type.getMethods().stream()
                    .filter(each -> each.isAnnotatedWith(Bean.class))
                    .forEach(each -> beans.put(each.getName(), each.getRawReturnType()));
        }
        return new Beans(beans);
    }

    /** Camel calls public methods only, those of a class that is not public among them. */
    boolean has(String bean, String method) {
        return Optional.ofNullable(byName.get(bean))
                .filter(type ->
                        method.isEmpty() || type.getAllMethods().stream().anyMatch(each -> isPublic(each, method)))
                .isPresent();
    }

    private static boolean isPublic(JavaMethod each, String name) {
        return each.getName().equals(name) && each.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static String name(JavaClass type) {
        String given = type.tryGetAnnotationOfType(Component.class)
                .map(Component::value)
                .orElse("");
        return given.isEmpty() ? StringUtils.uncapitalizeAsProperty(type.getSimpleName()) : given;
    }
}
