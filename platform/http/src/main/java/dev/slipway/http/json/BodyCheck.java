package dev.slipway.http.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.Patch;
import dev.slipway.api.rest.CamelCase;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.executable.ExecutableValidator;
import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.UnwrapByDefault;
import jakarta.validation.valueextraction.ValueExtractor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Checks what clients send against the constraints on the record's components and the method's
 * parameters, and says all faults at once. A component that is not {@code @Nullable} is required.
 */
public final class BodyCheck {
  /** Kept with each type, so that none is held on to here. */
  private static final ClassValue<List<RecordComponent>> REQUIRED =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .filter(it -> !it.getAnnotatedType().isAnnotationPresent(Nullable.class))
              .filter(it -> it.getType() != Patch.class)
              .peek(it -> it.getAccessor().setAccessible(true))
              .toList();
        }
      };

  private static volatile Validator validator = newValidator();

  private static Validator newValidator() {
    return Validation.byDefaultProvider()
        .configure()
        .messageInterpolator(new ParameterMessageInterpolator())
        .addValueExtractor(new PatchValue())
        .buildValidatorFactory()
        .getValidator();
  }

  /**
   * Begins anew: a validator remembers each type that it has seen, and can not be told to forget.
   */
  static void forgetTypes() {
    validator = newValidator();
  }

  /** Refuses a body with 400 that lists every faulty member. */
  void require(Object body) {
    var faults = new LinkedHashMap<String, String>();
    missing(body, "", faults);
    for (var violation : validator.validate(body)) {
      faults.putIfAbsent(field(body.getClass(), violation.getPropertyPath()), text(violation));
    }
    refuse(faults);
  }

  /** Whether a method has constraints on its parameters. */
  static boolean constrained(Class<?> resource, Method method) {
    var bean = validator.getConstraintsForClass(resource);
    var found = bean.getConstraintsForMethod(method.getName(), method.getParameterTypes());
    return found != null && found.hasConstrainedParameters();
  }

  /** Refuses parameters with 400; {@code names} are theirs in the request, by position. */
  static void requireParameters(
      Object resource, Method method, @Nullable Object[] arguments, List<String> names) {
    ExecutableValidator executables = validator.forExecutables();
    var faults = new LinkedHashMap<String, String>();
    for (var violation : executables.validateParameters(resource, method, arguments)) {
      for (Path.Node node : violation.getPropertyPath()) {
        if (node.getKind() == jakarta.validation.ElementKind.PARAMETER) {
          var index = node.as(Path.ParameterNode.class).getParameterIndex();
          faults.putIfAbsent(names.get(index), text(violation));
        }
      }
    }
    refuse(faults);
  }

  private static void refuse(Map<String, String> faults) {
    if (!faults.isEmpty()) {
      var fields = new ArrayList<FieldError>();
      faults.forEach((field, message) -> fields.add(new FieldError(field, message)));
      throw CommonError.INVALID.of().withFields(fields);
    }
  }

  private void missing(Object value, String prefix, Map<String, String> faults) {
    if (!value.getClass().isRecord()) {
      return;
    }
    for (var component : REQUIRED.get(value.getClass())) {
      var content = read(component, value);
      var name = prefix + name(value.getClass(), component.getName());
      if (content == null) {
        faults.put(name, "is required");
      } else if (content instanceof Record nested) {
        missing(nested, name + ".", faults);
      } else if (content instanceof List<?> list) {
        for (var i = 0; i < list.size(); i++) {
          if (list.get(i) == null) {
            faults.put(name + "." + i, "must not be null");
          } else {
            missing(list.get(i), name + "." + i + ".", faults);
          }
        }
      }
    }
  }

  private static @Nullable Object read(RecordComponent component, Object value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException("record component can not be read", failure);
    }
  }

  private static String field(Class<?> root, Path path) {
    var field = new StringBuilder();
    for (var node : path) {
      if (node.getIndex() != null) {
        field.append('.').append(node.getIndex());
      }
      if (node.getName() != null && node.getKind() == jakarta.validation.ElementKind.PROPERTY) {
        field.append(field.isEmpty() ? "" : ".").append(name(root, node.getName()));
      }
    }
    return field.toString();
  }

  private static String name(Class<?> type, String component) {
    return type.getPackage().isAnnotationPresent(CamelCase.class)
        ? component
        : ((PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE)
            .translate(component);
  }

  private static String text(ConstraintViolation<?> violation) {
    return violation.getMessage();
  }

  /**
   * Lets constraints stand on the type argument of a patch; a member that was left out is not
   * checked.
   */
  @UnwrapByDefault
  private static final class PatchValue implements ValueExtractor<Patch<@ExtractedValue ?>> {
    @Override
    public void extractValues(Patch<@ExtractedValue ?> patch, ValueReceiver receiver) {
      receiver.value(null, patch.value());
    }
  }
}
