package io.celonamdm.helm;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads a manifest as strictly as an API server does: unknown fields, wrong types and odd quantities are refused. */
final class StrictModel {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization(mapper(), true);

    private final List<String> unknown = new ArrayList<>();

    private StrictModel() {}

    static HasMetadata read(String manifest) {
        Object model = KUBERNETES.unmarshal(manifest);
        if (model instanceof GenericKubernetesResource generic) {
            throw new IllegalArgumentException(
                    "no model for " + generic.getApiVersion() + " " + generic.getKind() + " in:\n" + manifest);
        }
        StrictModel walk = new StrictModel();
        walk.visit(model, "");
        if (!walk.unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown fields " + walk.unknown + " in:\n" + manifest);
        }
        return (HasMetadata) model;
    }

    /** A number where a text belongs is refused by an API server, although Java could make a text of it. */
    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    /** The models put what they do not know into maps named {@code additionalProperties}. */
    private void visit(Object value, String path) {
        if (value instanceof Quantity quantity) {
            Quantity.getAmountInBytes(quantity);
        } else if (value instanceof Collection<?> items) {
            int at = 0;
            for (Object item : items) {
                visit(item, path + "[" + at++ + "]");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> visit(each, path + "." + key));
        } else if (value.getClass().getName().startsWith("io.fabric8.")
                && !value.getClass().isEnum()) {
            for (Class<?> type = value.getClass();
                    type.getName().startsWith("io.fabric8.");
                    type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    visitField(value, field, path);
                }
            }
        }
    }

    private void visitField(Object owner, Field field, String path) {
        if (Modifier.isStatic(field.getModifiers())) {
            return;
        }
        try {
            field.setAccessible(true);
            Object value = field.get(owner);
            if (value == null) {
                return;
            }
            if (field.getName().equals("additionalProperties") && value instanceof Map<?, ?> others) {
                others.keySet().forEach(key -> unknown.add(path + "." + key));
            } else {
                visit(value, path + "." + field.getName());
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
