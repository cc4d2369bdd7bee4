package io.tercet.files.ftp;

import io.tercet.files.download.Downloads;
import io.tercet.files.folder.Folders;
import io.tercet.files.upload.Uploads;
import org.springframework.stereotype.Component;

/// What this door opens to.
@Component
record FileOperations(
    Uploads uploads, Downloads downloads, Folders folders, FtpSettings settings) {}
