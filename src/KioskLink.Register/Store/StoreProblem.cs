namespace KioskLink.Register.Store;

/// <summary>The store cannot be used; the message is one sentence that says what is wrong and how to mend it.</summary>
internal sealed class StoreProblem : Exception
{
    /// <summary>A problem told in one sentence.</summary>
    public StoreProblem(string message)
        : base(message)
    {
    }

    /// <summary>A problem with its cause.</summary>
    public StoreProblem(string message, Exception cause)
        : base(message, cause)
    {
    }
}
