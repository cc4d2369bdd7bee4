package io.tercet.files.http;

import static io.tercet.files.http.FilesController.client;

import io.tercet.files.catalog.Item;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.upload.Form;
import io.tercet.files.upload.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadContentTypeException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.RequestContext;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;
import org.springframework.stereotype.Component;

/// Reads `multipart/form-data` part by part and writes each file to the store as it arrives.
///
/// It skips fields that are not files.
///
/// - Errors: `unsupported-media-type`, `upload-incomplete`, `invalid-path` for a part's name.
/// - Source: RFC 7578.
@Component
class FormUpload {
  private final Uploads uploads;
  private final HttpSettings settings;

  FormUpload(Uploads uploads, HttpSettings settings) {
    this.uploads = uploads;
    this.settings = settings;
  }

  List<Item.File> receive(Person person, ResourcePath folder, HttpServletRequest request) {
    try (Form form = uploads.openForm(person, client(request), folder.space())) {
      readParts(request, form);
      return uploads.commitAll(form, person, folder.space(), folder.path());
    }
  }

  private void readParts(HttpServletRequest request, Form form) {
    JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> parser =
        new JakartaServletFileUpload<>();
    parser.setHeaderCharset(StandardCharsets.UTF_8);
    parser.setMaxPartHeaderSize(settings.partHeadersMax());
    try {
      FileItemInputIterator parts = parser.getItemIterator(paced(request, form));
      while (parts.hasNext()) {
        FileItemInput part = parts.next();
        if (!part.isFormField() && part.getName() != null) {
          try (InputStream bytes = part.getInputStream()) {
            form.add(part.getName()).writeAll(bytes);
          }
        }
      }
    } catch (FileUploadContentTypeException e) {
      throw ProblemException.causedBy(
          e, ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send multipart/form-data, or PUT the bytes.");
    } catch (FileUploadSizeException e) {
      throw ProblemException.causedBy(
          e, ProblemType.TOO_LARGE, "The headers of a part are too long.");
    } catch (IOException e) {
      throw incomplete(e);
    }
  }

  private static RequestContext paced(HttpServletRequest request, Form form) {
    return new JakartaServletRequestContext(request) {
      @Override
      public InputStream getInputStream() throws IOException {
        return form.paced(super.getInputStream());
      }
    };
  }

  private static ProblemException incomplete(IOException e) {
    return ProblemException.causedBy(
        e, ProblemType.UPLOAD_INCOMPLETE, "Nothing was stored: send the whole form again.");
  }
}
