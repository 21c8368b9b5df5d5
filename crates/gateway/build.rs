//! Makes sure that there is a client to embed: a page that says how to build it, where none is.

use std::{env, fs, io, path::PathBuf};

const PLACEHOLDER: &str = "<!doctype html>
<html lang=\"zh-CN\">
<head><meta charset=\"utf-8\"><title>督办 Duban</title></head>
<body>
<h1>督办 Duban</h1>
<p>这个程序构建时没有带上网页客户端。请在源码目录运行 <code>make run</code>,它会先构建客户端。接口在 <code>/graphql</code>。</p>
<p lang=\"en\">This binary was built without the web client. Run <code>make run</code> in the source tree, which builds the client first. The API is at <code>/graphql</code>.</p>
</body>
</html>
";

fn main() -> io::Result<()> {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    let dist = here.join("../../web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");
    let index = dist.join("index.html");
    if !index.exists() {
        fs::create_dir_all(&dist)?;
        fs::write(index, PLACEHOLDER)?;
    }
    Ok(())
}
