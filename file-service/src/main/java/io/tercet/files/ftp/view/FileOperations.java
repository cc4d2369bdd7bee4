package io.tercet.files.ftp.view;

import io.tercet.files.download.Downloads;
import io.tercet.files.folder.Folders;
import io.tercet.files.upload.Uploads;
import org.springframework.stereotype.Component;

/// The operations on files that FTP commands use.
@Component
public record FileOperations(Uploads uploads, Downloads downloads, Folders folders) {}
