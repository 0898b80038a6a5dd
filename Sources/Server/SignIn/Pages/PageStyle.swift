import Crypto

/// How the pages look: one column that fits a phone, light or dark as the browser is, no script and no file.
enum PageStyle {
    /// The one source of style that the pages' policy allows.
    static let source = "'sha256-\(Base64.encode(SHA256.hash(Array(css.utf8))))'"

    /// What stands in the page's `style`.
    static let css = """
        :root{color-scheme:light dark;--ground:#efece6;--card:#fffefb;--text:#1e1b2e;--soft:#635f75;\
        --line:#dcd7cc;--accent:#4338ca;--on-accent:#fff;--warn:#fff3d6;--warn-line:#e0a100;--bad:#b42318;\
        --good:#12805c}
        @media (prefers-color-scheme:dark){:root{--ground:#12111a;--card:#1c1a27;--text:#edebf5;\
        --soft:#a9a5bb;--line:#34313f;--accent:#a5b0ff;--on-accent:#14122a;--warn:#2e2713;\
        --warn-line:#c79a2b;--bad:#ff8d80;--good:#5fd3a8}}
        *{box-sizing:border-box}
        body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;\
        justify-content:center;padding:1.25rem 1rem;background:var(--ground);color:var(--text);\
        font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        main{width:100%;max-width:27rem;background:var(--card);border:1px solid var(--line);\
        border-radius:.9rem;padding:1.5rem 1.6rem 1.7rem;box-shadow:0 1.2rem 3rem -1.6rem rgba(20,10,60,.45)}
        header{display:flex;align-items:center;gap:.75rem;margin-bottom:1.3rem}
        header svg{width:2.6rem;height:2.6rem;flex:none;border-radius:.4rem}
        header b{font:700 .95rem/1.2 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;\
        letter-spacing:.14em}
        header span{display:block;color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
        h1{font-size:1.45rem;line-height:1.25;margin:0 0 .5rem;letter-spacing:-.01em}
        p{margin:.5rem 0 1rem}
        label{display:block;font-weight:600;margin-bottom:.35rem}
        input[type=text],.code{width:100%;font:700 1.55rem/1 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,\
        monospace;letter-spacing:.14em;text-align:center;text-transform:uppercase;padding:.85rem .4rem;\
        border:2px solid var(--line);border-radius:.6rem;background:var(--ground);color:var(--text)}
        .code{margin:.2rem 0 1.1rem}
        input[type=text]:focus{border-color:var(--accent);outline:none;\
        box-shadow:0 0 0 3px color-mix(in srgb,var(--accent) 30%,transparent)}
        input::placeholder{color:var(--soft);opacity:.55}
        button,.button{display:block;width:100%;margin-top:.8rem;padding:.85rem 1rem;border-radius:.6rem;\
        border:2px solid var(--accent);background:var(--accent);color:var(--on-accent);font:inherit;\
        font-weight:650;text-align:center;text-decoration:none;cursor:pointer}
        button:hover,.button:hover{filter:brightness(1.08)}
        button.plain{background:none;color:var(--text);border-color:var(--line)}
        :focus-visible{outline:3px solid var(--accent);outline-offset:3px}
        dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem;margin:0 0 1rem}
        dt{color:var(--soft)}
        dd{margin:0;font-weight:600;overflow-wrap:anywhere}
        .note{border-left:4px solid var(--warn-line);background:var(--warn);padding:.7rem .9rem;\
        border-radius:.35rem;font-size:.94rem;margin:0 0 1rem}
        .wrong{color:var(--bad);font-weight:600}
        .mark{width:3.4rem;height:3.4rem;margin:0 0 .7rem}
        .good{color:var(--good)}
        .bad{color:var(--bad)}

        """
}
