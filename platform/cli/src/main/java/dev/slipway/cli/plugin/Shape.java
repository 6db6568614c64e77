package dev.slipway.cli.plugin;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attribute;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.AnnotationDefaultAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the manifest and the component descriptions of a bundle are made of: as long as it stays,
 * both are right for other classes too. It may hold more than that, which costs a full build.
 *
 * @param packages that the bundle consists of
 * @param references packages that its classes name
 * @param classes of each class its supertypes, and its annotations with what they stand at
 */
record Shape(Set<String> packages, Set<String> references, Map<String, String> classes) {
  private static final Pattern TYPE = Pattern.compile("L([a-zA-Z_$][\\w/$]*)/[\\w$]+[;<]");

  /** Annotations that are read at run time, from the classes. */
  private static final Pattern READ_LATER =
      Pattern.compile("L(java|jakarta|org/jspecify|dev/slipway)/.*");

  /** The shape of all classes of a bundle, by their names in its jar. */
  static Shape of(Map<String, byte[]> files) {
    var packages = new TreeSet<String>();
    var references = new TreeSet<String>();
    var classes = new TreeMap<String, String>();
    files.forEach(
        (name, bytes) -> {
          var model = ClassFile.of().parse(bytes);
          packages.add(packageOf(name));
          references(model, references);
          classes.put(name, described(model));
        });
    return new Shape(packages, references, classes);
  }

  /** Whether what was made for this shape is right for the other one. */
  boolean fits(Shape other) {
    return packages.equals(other.packages)
        && significant(classes).equals(significant(other.classes))
        && references.containsAll(other.references);
  }

  /** A class that says nothing of itself may come and go. */
  private static Map<String, String> significant(Map<String, String> classes) {
    var kept = new TreeMap<>(classes);
    kept.values().removeIf(String::isEmpty);
    return kept;
  }

  private static String packageOf(String path) {
    var slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static void references(ClassModel model, Set<String> found) {
    for (var entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> name(type.asInternalName(), found);
        case Utf8Entry text -> types(text.stringValue(), found);
        default -> {
          // All else refers to one of these.
        }
      }
    }
  }

  private static void name(String internal, Set<String> found) {
    if (internal.startsWith("[")) {
      types(internal, found);
    } else {
      keep(packageOf(internal), found);
    }
  }

  private static void types(String text, Set<String> found) {
    var types = TYPE.matcher(text);
    while (types.find()) {
      keep(types.group(1), found);
    }
  }

  private static void keep(String name, Set<String> found) {
    if (!name.startsWith("java/")) {
      found.add(name);
    }
  }

  private static String described(ClassModel model) {
    var text = new StringBuilder();
    annotations(model, text);
    var isAnnotation = model.flags().has(java.lang.reflect.AccessFlag.ANNOTATION);
    model
        .fields()
        .forEach(
            field ->
                member(
                    field,
                    field.fieldName().stringValue() + " " + field.fieldType().stringValue(),
                    false,
                    text));
    model
        .methods()
        .forEach(
            method ->
                member(
                    method,
                    method.methodName().stringValue() + " " + method.methodType().stringValue(),
                    isAnnotation,
                    text));
    return text.isEmpty() ? "" : model.flags().flagsMask() + " " + supertypes(model) + text;
  }

  private static String supertypes(ClassModel model) {
    var all =
        Stream.concat(model.superclass().stream(), model.interfaces().stream())
            .map(ClassEntry::asInternalName)
            .toList();
    return String.join(",", all);
  }

  private static void member(
      AttributedElement member, String said, boolean always, StringBuilder text) {
    var annotations = new StringBuilder();
    annotations(member, annotations);
    if (always || !annotations.isEmpty()) {
      text.append('\n').append(said).append(annotations);
    }
  }

  private static void annotations(AttributedElement element, StringBuilder text) {
    var found = new StringBuilder();
    for (var attribute : element.attributes()) {
      switch (attribute) {
        case RuntimeVisibleAnnotationsAttribute some -> append(some.annotations(), found);
        case RuntimeInvisibleAnnotationsAttribute some -> append(some.annotations(), found);
        case RuntimeVisibleParameterAnnotationsAttribute some ->
            some.parameterAnnotations().forEach(list -> append(list, found.append('|')));
        case RuntimeInvisibleParameterAnnotationsAttribute some ->
            some.parameterAnnotations().forEach(list -> append(list, found.append('|')));
        case AnnotationDefaultAttribute preset ->
            found.append(" default ").append(text(preset.defaultValue()));
        default -> {
          // The rest says nothing that a bundle is described by.
        }
      }
    }
    if (found.chars().anyMatch(c -> c != '|')) {
      text.append(found);
      signature(element.attributes(), text);
    }
  }

  private static void append(List<Annotation> annotations, StringBuilder text) {
    for (var annotation : annotations) {
      if (!READ_LATER.matcher(annotation.classSymbol().descriptorString()).matches()) {
        text.append(' ').append(text(annotation));
      }
    }
  }

  private static String text(Annotation annotation) {
    return annotation.elements().stream()
        .map(element -> element.name().stringValue() + "=" + text(element.value()))
        .collect(Collectors.joining(",", annotation.classSymbol().descriptorString() + "(", ")"));
  }

  private static String text(AnnotationValue value) {
    return switch (value) {
      case AnnotationValue.OfConstant constant -> constant.resolvedValue().toString();
      case AnnotationValue.OfClass type -> type.className().stringValue();
      case AnnotationValue.OfEnum constant -> constant.constantName().stringValue();
      case AnnotationValue.OfAnnotation inner -> text(inner.annotation());
      case AnnotationValue.OfArray array ->
          array.values().stream().map(Shape::text).collect(Collectors.joining(";", "[", "]"));
    };
  }

  private static void signature(List<Attribute<?>> attributes, StringBuilder text) {
    for (var attribute : attributes) {
      if (attribute instanceof SignatureAttribute signature) {
        text.append(' ').append(signature.signature().stringValue());
      }
    }
  }
}
