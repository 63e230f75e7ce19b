using Microsoft.AspNetCore.Components;

namespace KioskLink.Register.Console.Forms;

/// <summary>What every field of a form has: a name as the register calls it, a label, a hint, and its problem.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The form.</summary>
    [CascadingParameter] public FormState Form { get; set; } = null!;

    /// <summary>The field's name.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>The label.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>A hint under the label.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>Whether it must be filled in.</summary>
    [Parameter] public bool Required { get; set; }

    /// <summary>The element's id, unique on the page.</summary>
    protected string Id => $"{Form.Name}-{Name.Replace('.', '-')}";

    /// <summary>What describes the field to a screen reader.</summary>
    protected string? DescribedBy => string.Join(' ', Described()) is { Length: > 0 } ids ? ids : null;

    /// <summary>Whether the field is wrong, for <c>aria-invalid</c>.</summary>
    protected string? Invalid => Form.ProblemOf(Name) is null ? null : "true";

    private IEnumerable<string> Described()
    {
        if (Hint is not null) yield return $"{Id}-hint";
        if (Form.ProblemOf(Name) is not null) yield return $"{Id}-problem";
    }
}
