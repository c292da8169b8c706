"""Mathematics for a page that may ask nobody: LaTeX as MathML, which browsers draw by themselves."""

import html

from latex2mathml import converter


def mathml(latex: str, display: bool = False) -> str:
    r"""A formula as MathML; as its own source where it cannot be read.

    Parameters
    ----------
    latex : str
        Without the dollars, for instance ``r"\frac{1}{2}"``.
    display : bool
        Whether it stands on a line of its own.
    """
    try:
        return converter.convert(latex, display="block" if display else "inline")
    except Exception:  # whatever the converter trips over, the reader still gets the formula's text
        return f'<code class="formula">{html.escape(latex)}</code>'
