namespace KioskLink.Devices.Relays;

/// <summary>Inputs that are wired as two contacts of one switch: the input's own, closed while it is active, and the next input's, closed while it is not. Both or neither is a fault of the line.</summary>
internal static class SupervisedInputs
{
    /// <summary>What is wrong with them, as a sentence that names the field and the mend; null when nothing is.</summary>
    /// <param name="supervised">The first input of each two.</param>
    /// <param name="inputs">How many inputs the board has.</param>
    public static string? FindProblem(IReadOnlyList<int> supervised, int inputs)
    {
        foreach (var input in supervised)
        {
            if (input < 0 || input + 1 >= inputs)
                return $"\"supervisedInputs\" names input {input}, whose second contact is on input {input + 1}, and there are {inputs}, counted from 0: mend one of the two.";
            if (supervised.Count(other => other == input || other == input + 1) > 1)
                return $"\"supervisedInputs\" uses input {input} or {input + 1} twice: each two contacts have two inputs of their own.";
        }

        return null;
    }
}
