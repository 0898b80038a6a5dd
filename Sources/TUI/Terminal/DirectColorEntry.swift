/// The terminal entry for 24-bit color, compiled from assets/terminfo/pixelwars-direct.ti.
///
/// ncurses takes a compiled entry from the TERMINFO variable itself (terminfo(5), "b64:"), so that the program
/// needs no file beside it. A test holds it against the source.
enum DirectColorEntry {
    static let name = "pixelwars-direct"

    /// The value for TERMINFO.
    static let terminfo = """
        b64:HgIrACYADwCdARwGcGl4ZWx3YXJzLWRpcmVjdHxwaXhlbHdhcnMgaW4gMjQtYml0IGNvbG9yAAABAAABAAAAAQAAAAABAQAA\
        AAAAAAABAAABAAAAAAAAAAAAAAABAFAAAAAIAAAAGAAAAP____________________________________________________8A\
        AAABAAABAAAABAAGAAgAGQAeACYAKgAuAP__OQBKAEwAUABXAP__WQBmAP__agBuAHgAfAD_____gACEAIkAjgD__6AApQCqAP__\
        rwC0ALkAvgDHAMsA0gD__-QA6QDvAPUA________BwH_______8ZAf__HQH_______8fAf__JAH__________ygBLAEyATYBOgE-\
        AUQBSgFQAVYBXAFgAf__ZQH__2kBbgFzAXcBfgH__4UBiQGRAf____________________________-ZAaIBqwH__64BtwHAAckB\
        0gHbAeQB7QH2Af8B________CAIMAhECFgIqAjMC_____0UCSAJTAlYCWAJbArgC__-\
        7Av__________vQLBAsUCyQLNAv_____RAv__BgP_____CgMQA_____________8WA_____________8aAx4D_______________\
        ___________________________________________________8iA_____8pA___________MAM3Az4D_____0UD__9MA______\
        __1MD_____________1oDYANmA20DdAN7A4IDigOSA5oDogOqA7IDugPCA8kD0APXA94D5gPuA_YD_gMGBA4EFgQeBCUELAQzBDo\
        EQgRKBFIEWgRiBGoEcgR6BIEEiASPBJYEngSmBK4EtgS-\
        BMYEzgTWBN0E5ATrBPAE___________________________________________________________3BAIFBwUaBR4F_v_-\
        _______-__7___________________8nBf_______________________ywF________________________________________\
        _____________zIFQwX_____________________________VQX_______9ZBawF____________________Bf______________\
        _________________________________________________________________________________________________xYG\
        GQYbW1oABwANABtbJWklcDElZDslcDIlZHIAG1szZwAbW0gbWzJKABtbSwAbW0oAG1slaSVwMSVkRwAbWyVpJXAxJWQ7JXAyJWRI\
        AAoAG1tIABtbPzI1bAAIABtbPzEybBtbPzI1aAAbW0MAG1tBABtbPzEyOzI1aAAbW1AAG1tNABsoMAAbWzVtABtbMW0AG1s_MTA0\
        OWgbWzIyOzA7MHQAG1sybQAbWzRoABtbOG0AG1s3bQAbWzdtABtbNG0AG1slcDElZFgAGyhCABsoQhtbbQAbWz8xMDQ5bBtbMjM7\
        MDswdAAbWzRsABtbMjdtABtbMjRtABtbPzVoJDwxMDAvPhtbPzVsABtbIXAbWz8zOzRsG1s0bBs-ABtbTAB_ABtbM34AG09CABtP\
        UAAbWzIxfgAbT1EAG09SABtPUwAbWzE1fgAbWzE3fgAbWzE4fgAbWzE5fgAbWzIwfgAbT0gAG1syfgAbT0QAG1s2fgAbWzV-\
        ABtPQwAbWzE7MkIAG1sxOzJBABtPQQAbWz8xbBs-ABtbPzFoGz0AG1s_MTAzNGwAG1s_MTAzNGgAG0UAG1slcDElZFAAG1slcDEl\
        ZE0AG1slcDElZEIAG1slcDElZEAAG1slcDElZFMAG1slcDElZEwAG1slcDElZEQAG1slcDElZEMAG1slcDElZFQAG1slcDElZEEA\
        G1tpABtbNGkAG1s1aQAlcDElYxtbJXAyJXsxfSUtJWRiABtjG10xMDQHABtbIXAbWz8zOzRsG1s0bBs-ABs4ABtbJWklcDElZGQA\
        GzcACgAbTQAlPyVwOSV0GygwJWUbKEIlOxtbMCU_JXA2JXQ7MSU7JT8lcDUldDsyJTslPyVwMiV0OzQlOyU_JXAxJXAzJXwldDs3\
        JTslPyVwNCV0OzUlOyU_JXA3JXQ7OCU7bQAbSAAJABtPdwAbT3kAG091ABtPcQAbT3MAYGBhYWZmZ2dpaWpqa2tsbG1tbm5vb3Bw\
        cXFycnNzdHR1dXZ2d3d4eHl5enp7e3x8fX1-fgAbW1oAG1s_N2gAG1s_N2wAG09FABtPRgAbT00AG1szOzJ-\
        ABtbMTsyRgAbWzE7MkgAG1syOzJ-ABtbMTsyRAAbWzY7Mn4AG1s1OzJ-\
        ABtbMTsyQwAbWzIzfgAbWzI0fgAbWzE7MlAAG1sxOzJRABtbMTsyUgAbWzE7MlMAG1sxNTsyfgAbWzE3OzJ-\
        ABtbMTg7Mn4AG1sxOTsyfgAbWzIwOzJ-ABtbMjE7Mn4AG1syMzsyfgAbWzI0OzJ-\
        ABtbMTs1UAAbWzE7NVEAG1sxOzVSABtbMTs1UwAbWzE1OzV-ABtbMTc7NX4AG1sxODs1fgAbWzE5OzV-\
        ABtbMjA7NX4AG1syMTs1fgAbWzIzOzV-\
        ABtbMjQ7NX4AG1sxOzZQABtbMTs2UQAbWzE7NlIAG1sxOzZTABtbMTU7Nn4AG1sxNzs2fgAbWzE4OzZ-\
        ABtbMTk7Nn4AG1syMDs2fgAbWzIxOzZ-\
        ABtbMjM7Nn4AG1syNDs2fgAbWzE7M1AAG1sxOzNRABtbMTszUgAbWzE7M1MAG1sxNTszfgAbWzE3OzN-\
        ABtbMTg7M34AG1sxOTszfgAbWzIwOzN-ABtbMjE7M34AG1syMzszfgAbWzI0OzN-ABtbMTs0UAAbWzE7NFEAG1sxOzRSABtbMUsA\
        G1s_NjlsABtbJWklZDslZFIAG1s2bgAbWz8lWzswMTIzNDU2Nzg5XWMAG1tjABtbMzk7NDltABtbM20AG1syM20AG1s_NjloG1sl\
        aSVwMSVkcwAbWz82OWgbWyVpOyVwMSVkcwAbWzwAG1slPyVwMSV7OH0lPCV0MyVwMSVkJWUzODsyOyVwMSV7NjU1MzZ9JS8lZDsl\
        cDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZCU7bQAbWyU_JXAxJXs4fSU8JXQ0JXAxJWQlZTQ4OzI7JXAxJXs2NTUz\
        Nn0lLyVkOyVwMSV7MjU2fSUvJXsyNTV9JSYlZDslcDElezI1NX0lJiVkJTttABtbPzY5aBtbJWklcDElZDslcDIlZHMAG2wAG20A\
        AwAAAE4AnwDcAwEBAQAAAAkAEgAZACUAKgA8AEMASgBQAFoAegCBAIgAjwCWAJ0ApACrALIAuQDAAMcAzgDVANwA4wDqAPEA-\
        AD_AAYBDQEUARsBIgEpATABNwE-\
        AUUBTAFTAVoBYQFoAW8BdgF9AYQBiwGSAZkBoAGnAa4BtQG8AcMBygHRAdgB3wHmAeoB7gHyAfYB-gH-AQICBgIKAg4CEgIWAhwC\
        IQIAAAMABwAKAA0AEAATABYAGQAcAB8AIgAlACgAKwAwADUAOgA_AEQASABNAFIAVwBcAGEAZwBtAHMAeQB_AIUAiwCRAJcAnQCi\
        AKcArACxALYAvADCAMgAzgDUANoA4ADmAOwA8gD4AP4ABAEKARABFgEcASIBKAEuATIBNwE8AUEBRgFLAU8BUwFXAVsBXwFlAWsB\
        cQF3AX0BgwGJAY4BkwEbWz8yMDA0bAAbWz8yMDA0aAAbXTExMgcAG10xMjslcDElcwcAG1szSgAbXTUyOyVwMSVzOyVwMiVzBwAb\
        WzIwMX4AG1syMDB-\
        ABtbMiBxABtbJXAxJWQgcQAbWz8xMDA2OzEwMDAlPyVwMSV7MX0lPSV0aCVlbCU7ABtbMzszfgAbWzM7NH4AG1szOzV-ABtbMzs2\
        fgAbWzM7N34AG1sxOzJCABtbMTszQgAbWzE7NEIAG1sxOzVCABtbMTs2QgAbWzE7N0IAG1sxOzNGABtbMTs0RgAbWzE7NUYAG1sx\
        OzZGABtbMTs3RgAbWzE7M0gAG1sxOzRIABtbMTs1SAAbWzE7NkgAG1sxOzdIABtbMjszfgAbWzI7NH4AG1syOzV-\
        ABtbMjs2fgAbWzI7N34AG1sxOzNEABtbMTs0RAAbWzE7NUQAG1sxOzZEABtbMTs3RAAbWzY7M34AG1s2OzR-\
        ABtbNjs1fgAbWzY7Nn4AG1s2Ozd-ABtbNTszfgAbWzU7NH4AG1s1OzV-ABtbNTs2fgAbWzU7N34AG1sxOzNDABtbMTs0QwAbWzE7\
        NUMAG1sxOzZDABtbMTs3QwAbWzE7MkEAG1sxOzNBABtbMTs0QQAbWzE7NUEAG1sxOzZBABtbMTs3QQAbT3gAG090ABtPdgAbT3IA\
        G09FABtPawAbT2wAG09vABtPbgAbT2oAG09tABtPcAAbWzI5bQAbWzltABtbPCVpJXAzJWQ7JXAxJWQ7JXAyJWQ7JT8lcDQldE0l\
        ZW0lOwBBWABSR0IAWFQAQkQAQkUAQ3IAQ3MARTMATXMAUEUAUFMAU2UAU3MAWE0Aa0RDMwBrREM0AGtEQzUAa0RDNgBrREM3AGtE\
        TgBrRE4zAGtETjQAa0RONQBrRE42AGtETjcAa0VORDMAa0VORDQAa0VORDUAa0VORDYAa0VORDcAa0hPTTMAa0hPTTQAa0hPTTUA\
        a0hPTTYAa0hPTTcAa0lDMwBrSUM0AGtJQzUAa0lDNgBrSUM3AGtMRlQzAGtMRlQ0AGtMRlQ1AGtMRlQ2AGtMRlQ3AGtOWFQzAGtO\
        WFQ0AGtOWFQ1AGtOWFQ2AGtOWFQ3AGtQUlYzAGtQUlY0AGtQUlY1AGtQUlY2AGtQUlY3AGtSSVQzAGtSSVQ0AGtSSVQ1AGtSSVQ2\
        AGtSSVQ3AGtVUABrVVAzAGtVUDQAa1VQNQBrVVA2AGtVUDcAa2EyAGtiMQBrYjMAa2MyAGtwNQBrcEFERABrcENNQQBrcERJVgBr\
        cERPVABrcE1VTABrcFNVQgBrcFpSTwBybXh4AHNteHgAeG0A
        """
}
