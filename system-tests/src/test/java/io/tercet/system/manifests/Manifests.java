package io.tercet.system.manifests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tercet.system.client.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The objects of one overlay.
///
/// The models of fabric8 keep members that they do not know aside, as an API server of another
/// version would have to. Here such a member is an error: it is how a misspelt probe looks.
record Manifests(List<HasMetadata> objects) {

  /// Every kind of object that Tercet consists of. Another one is a decision, made here.
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1/ConfigMap", ConfigMap.class,
          "v1/Namespace", Namespace.class,
          "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
          "v1/Secret", Secret.class,
          "v1/Service", Service.class,
          "apps/v1/Deployment", Deployment.class,
          "networking.k8s.io/v1/Ingress", Ingress.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

  private static final YAMLMapper STRICT = strict();

  /// Renders `k8s/overlays/<name>`, from a copy with secrets of its own.
  static Manifests ofOverlay(String name) {
    return parse(render(Path.of("overlays", name)));
  }

  /// Renders `k8s/overlays/<name>` with one more setting for a service.
  static Manifests ofOverlay(String name, String service, String setting) {
    return parse(render(Path.of("overlays", name), Map.of(service, setting)));
  }

  /// Renders a kustomization below `k8s/`.
  ///
  /// @throws IllegalStateException if it cannot be rendered, with what kubectl said
  static String render(Path kustomization) {
    return render(kustomization, Map.of());
  }

  private static String render(Path kustomization, Map<String, String> settingsOfServices) {
    Path root = Path.of(System.getProperty("tercet.root", ".")).resolve("k8s");
    try {
      Path copy = Files.createTempDirectory("k8s-");
      try {
        copy(root, copy);
        Files.writeString(copy.resolve("base/secret.env"), "service-secret=" + "s".repeat(44));
        Files.writeString(
            copy.resolve("components/cluster/secret.env"),
            "database-password=d\nvalkey-url=redis://:v@valkey.stores.svc:6379\n");
        for (var setting : settingsOfServices.entrySet()) {
          Path settings = copy.resolve("base").resolve(setting.getKey()).resolve("settings.env");
          Files.writeString(settings, setting.getValue() + "\n", StandardOpenOption.APPEND);
        }
        return Command.run(
                copy, Map.of(), List.of("kubectl", "kustomize", kustomization.toString()))
            .succeeded()
            .text();
      } finally {
        delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads documents as the objects that they claim to be.
  ///
  /// @throws IllegalArgumentException if one is not exactly that
  static Manifests parse(String yaml) {
    var objects = new ArrayList<HasMetadata>();
    try (MappingIterator<JsonNode> documents = STRICT.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        objects.add(object(documents.next()));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Manifests(List.copyOf(objects));
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static HasMetadata object(JsonNode document) throws JsonProcessingException {
    String kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
    Class<? extends HasMetadata> model = KINDS.get(kind);
    if (model == null) {
      throw new IllegalArgumentException("Nothing here is a " + kind);
    }
    try {
      return STRICT.treeToValue(document, model);
    } catch (JsonProcessingException e) {
      String name = document.at("/metadata/name").asText();
      throw new IllegalArgumentException(kind + " " + name + ": " + e.getMessage(), e);
    }
  }

  private static YAMLMapper strict() {
    var noLeftovers =
        new JacksonAnnotationIntrospector() {
          private static final long serialVersionUID = 1L;

          @Override
          public Boolean hasAnySetter(Annotated member) {
            return false;
          }
        };
    return YAMLMapper.builder()
        .annotationIntrospector(noLeftovers)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Integer,
            number -> number.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Boolean,
            truth ->
                truth
                    .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
        .build();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
